import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DEFAULT_MACHINE, NO_SCHEDULE, type MachineConfig } from '../abi/config.ts';
import { createMemory, slotAt, type Memory } from '../abi/layout.ts';
import { DEFAULT_HOSTS } from '../abi/limits.ts';
import type { HostBirth, KernelDemand, RunState } from '../abi/remote.ts';
import { Life, Slot, Turn } from '../abi/slot.ts';
import { Kernel } from '../kernel/kernel.ts';
import { measuresAt } from '../replay/measures.ts';
import { LogStore } from '../replay/log-store.ts';
import type { ProcessMeasures } from '../replay/model.ts';
import { Output } from '../replay/output.ts';
import { Replay } from '../replay/replay.ts';
import { scenarioOf } from './index.ts';
import hostScript from 'script:./node-host.fixture.ts';
import { defaultsOf, programParameters } from './parameters.ts';
import type { ParameterValues, Scenario } from './scenario.ts';

/** A run that has come to its end. */
export interface FinishedRun {
  readonly state: RunState;
  readonly steps: number;
  readonly replay: Replay;
  readonly stdout: string;
  readonly processes: readonly ProcessMeasures[];
}

/** The lesson of this id, which must exist. */
export function lesson(id: string): Scenario {
  const scenario = scenarioOf(id);
  if (scenario === null) throw new Error(`no lesson ${id}`);
  return scenario;
}

/** Workers of the lesson's pool, if it has one. */
function poolOf(scenario: Scenario, { pool = scenario.pool?.default }: ParameterValues): ParameterValues {
  return pool === undefined ? {} : { pool };
}

/**
 * The machine without a browser: the kernel on the calling thread, which Node lets block, and each host in a worker thread.
 * The programs are the transformed ones, so what a lesson says of its run can be tested here.
 */
export class NodeLab {
  readonly #folder: string;
  readonly #memory: Memory = createMemory();
  readonly #workers: Worker[] = [];
  readonly #kernel: Kernel;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#kernel = new Kernel({ demand: (demand) => this.#answer(demand), clock: { nowMs: () => 0 } });
  }

  static async open(): Promise<NodeLab> {
    const folder = mkdtempSync(join(tmpdir(), 'node-lab-'));
    writeFileSync(join(folder, 'host.mjs'), hostScript);
    const lab = new NodeLab(folder);
    await lab.#kernel.attach(lab.#memory.buffer);
    return lab;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
    rmSync(this.#folder, { recursive: true });
  }

  /** Runs a lesson to its end; what is not said is as the lesson opens. */
  async run(
    scenario: Scenario,
    values: ParameterValues = {},
    machine: Partial<MachineConfig> = {},
  ): Promise<FinishedRun> {
    await this.#kernel.load({
      program: scenario.id,
      parameters: {
        ...programParameters(scenario, { ...defaultsOf(scenario), ...values }),
        ...poolOf(scenario, values),
      },
      machine: { ...DEFAULT_MACHINE, ...scenario.machine, ...machine },
      schedule: NO_SCHEDULE,
      mode: 'stepped',
      stepBy: scenario.stepBy,
      launcher: scenario.launcher,
      muted: false,
      // The launcher needs a host as well.
      hosts: DEFAULT_HOSTS + (scenario.launcher ? 1 : 0),
    });
    const { state, steps } = await this.#kernel.run({});
    const log = new LogStore();
    log.take(this.#memory);
    const replay = new Replay(log, { ...DEFAULT_MACHINE, ...scenario.machine, ...machine }.cpus);
    replay.extend();
    const output = new Output(log);
    output.extend();
    const { processes } = measuresAt(replay, replay.records);
    return { state, steps, replay, stdout: output.textUntil(replay.records), processes };
  }

  #answer({ kind, slot }: KernelDemand): void {
    if (kind === 'host-unwanted') throw new Error(`the host in slot ${slot} hung`);
    const { words } = this.#memory;
    // A worker that starts has the turn until it parks; LIFE alone would let the kernel grant before that.
    Atomics.store(words, slotAt(slot) + Slot.TURN, Turn.HOST);
    Atomics.store(words, slotAt(slot) + Slot.LIFE, Life.STARTING);
    const birth: HostBirth = { kind: 'birth', program: '', memory: this.#memory.buffer, slot, worker: 0 };
    this.#workers.push(new Worker(join(this.#folder, 'host.mjs'), { workerData: birth, execArgv: [] }));
  }
}
