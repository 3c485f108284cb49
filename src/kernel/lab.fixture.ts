import { DEFAULT_MACHINE, NO_SCHEDULE, type MachineConfig } from '../abi/config.ts';
import { Control } from '../abi/control.ts';
import { createMemory, LOG_AT, MAILBOXES_AT, RECORD_WORDS, type Memory } from '../abi/layout.ts';
import { auxOf, cpuOf, Kind, kindOf } from '../abi/record.ts';
import type { RunSpec } from '../abi/remote.ts';
import { peek } from '../abi/words.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { textIn } from '../abi/text.ts';
import { Kernel } from './kernel.ts';
import { ScriptedHosts, type Ask, type Env, type Programs, type Script } from './scripted-hosts.fixture.ts';

/** One memory for all tests of a file: `load` must make it as good as new anyway. */
let sharedMemory: Memory | null = null;

export interface Lab {
  readonly kernel: Kernel;
  readonly memory: Memory;
  readonly hosts: ScriptedHosts;
  /** Loads with these changes and runs to the end. */
  run(change?: SpecChange): Promise<Entry[]>;
  load(change?: SpecChange): ReturnType<Kernel['load']>;
  entries(): Entry[];
}

export interface SpecChange extends Partial<Omit<RunSpec, 'machine'>> {
  readonly machine?: Partial<MachineConfig>;
}

export interface Entry {
  readonly kind: number;
  readonly aux: number;
  readonly cpu: number;
  readonly tick: number;
  readonly tid: number;
  readonly object: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export function specOf(change: SpecChange = {}): RunSpec {
  return {
    program: 'test',
    parameters: {},
    schedule: NO_SCHEDULE,
    mode: 'stepped',
    stepBy: 'line',
    launcher: false,
    muted: false,
    hosts: 64,
    ...change,
    machine: { ...DEFAULT_MACHINE, ...change.machine },
  };
}

export async function openLab(programs: Programs): Promise<Lab> {
  sharedMemory ??= createMemory();
  const memory = sharedMemory;
  memory.words.fill(0, 0, MAILBOXES_AT);
  const hosts = new ScriptedHosts(memory, programs);
  const kernel = new Kernel({
    demand: (demand) => hosts.demand(demand),
    clock: { nowMs: () => 0 },
    relay: () => hosts,
  });
  await kernel.attach(memory.buffer);
  const load = (change?: SpecChange) => kernel.load(specOf(change));
  const entries = (): Entry[] => readLog(memory);
  return {
    kernel,
    memory,
    hosts,
    load,
    entries,
    run: async (change) => {
      await load(change);
      await kernel.run({});
      return entries();
    },
  };
}

export function readLog({ words }: Memory): Entry[] {
  const count = Atomics.load(words, Control.LOG_HEAD);
  return Array.from({ length: count }, (_, n) => {
    const at = LOG_AT + n * RECORD_WORDS;
    if (peek(words, at + 7) !== n + 1) throw new Error(`record ${n} is not committed`);
    const word0 = peek(words, at);
    return {
      kind: kindOf(word0),
      aux: auxOf(word0),
      cpu: cpuOf(word0),
      tick: peek(words, at + 1),
      tid: peek(words, at + 2),
      object: peek(words, at + 3),
      a: peek(words, at + 4),
      b: peek(words, at + 5),
      c: peek(words, at + 6),
    };
  });
}

/** All words of the log, as they would be hashed. */
export function logWords({ words }: Memory): Int32Array {
  return words.slice(LOG_AT, LOG_AT + Atomics.load(words, Control.LOG_HEAD) * RECORD_WORDS);
}

/** Waits until the child whose exit word it is has ended. */
export function* join(env: Env, object: ReturnType<Env['child']>['object']): Generator<Ask, void, number> {
  const word = stateWordOf(object);
  while (Atomics.load(env.memory.words, word) === 0) yield { ask: 'wait', word, expected: 0, object };
}

/** So many steps. */
export function* compute(steps: number): Generator<Ask, void, number> {
  for (let left = steps; left > 0; left -= 1) yield { ask: 'checkpoint', burst: left };
}

interface Burst {
  readonly kind: string;
  readonly ticks: number;
}

/** The scripts of a workload in the notation of links: a launcher that starts the processes P0, P1 … */
export function workload(jobs: string): Programs {
  return {
    *main(): Script {
      for (const [index, text] of jobs.split(',').entries()) {
        const [arrival = '', rest = ''] = text.split(':');
        const [bursts, priority = '0'] = rest.split('@');
        const delay = Number(arrival);
        yield { ask: 'spawn', target: 'job', data: bursts, name: `P${index}`, delay, priority: Number(priority) };
      }
    },
    *job({ data }): Script {
      const bursts: Burst[] = String(data)
        .split('-')
        .map((text) => ({ kind: text.charAt(0), ticks: Number(text.slice(1)) }));
      for (const [index, { kind, ticks }] of bursts.entries()) {
        const next = bursts[index + 1];
        if (kind === 'c') yield* compute(ticks);
        else yield { ask: 'io', ticks, burst: next?.ticks ?? 0 };
      }
    },
  };
}

/** What a reader of the log measures, in ticks. Who ends or blocks in a step keeps its CPU to the end of that tick. */
export interface Measures {
  readonly arrival: number;
  readonly response: number;
  readonly turnaround: number;
  readonly waiting: number;
  /** Ticks in which it executed a step. */
  readonly ran: readonly number[];
  /** Ticks in which it was Ready and did not run. */
  readonly readyIn: readonly number[];
}

export function measure(entries: readonly Entry[], tid: number): Measures {
  const own = entries.filter((entry) => entry.tid === tid);
  const ran = own.filter((entry) => entry.kind === Kind.LINE).map((entry) => entry.tick);
  const after = (entry: Entry): number => (ran.includes(entry.tick) ? entry.tick + 1 : entry.tick);
  const arrival = own.find((entry) => entry.kind === Kind.READY)?.tick ?? NaN;
  const dispatched = own.find((entry) => entry.kind === Kind.DISPATCHED)?.tick ?? NaN;
  const ended = own.find((entry) => entry.kind === Kind.TERMINATED);
  const end = ended === undefined ? NaN : after(ended);
  const readyIn: number[] = [];
  let since = -1;
  for (const entry of own) {
    if (entry.kind === Kind.READY || entry.kind === Kind.PREEMPTED) since = entry.tick;
    if (entry.kind !== Kind.DISPATCHED) continue;
    for (let tick = since; tick < entry.tick; tick += 1) readyIn.push(tick);
  }
  return { arrival, response: dispatched - arrival, turnaround: end - arrival, waiting: readyIn.length, ran, readyIn };
}

export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export const ofKind = (entries: readonly Entry[], kind: number): Entry[] =>
  entries.filter((entry) => entry.kind === kind);

export const textOf = (lab: Lab, ref: number): string => textIn(lab.memory, ref);

/** Who ran in each tick on a CPU, by tid; `-` for nobody. */
export function gantt(entries: readonly Entry[], cpu = 0): string {
  const ticks: string[] = [];
  for (const entry of ofKind(entries, Kind.LINE)) if (entry.cpu === cpu) ticks[entry.tick] = String(entry.tid);
  return Array.from(ticks, (tid) => tid ?? '-').join('');
}

/** For a launcher. */
export const twoSpinners: Programs = {
  *main() {
    yield { ask: 'spawn', target: 'spin' };
    yield { ask: 'spawn', target: 'spin' };
  },
  *spin() {
    yield* compute(30);
  },
};
