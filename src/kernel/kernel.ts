import type { Tid } from '../base/ids.ts';
import { invariant } from '../base/invariant.ts';
import type { Schedule } from '../abi/config.ts';
import { enterAsKernel } from '../abi/guard.ts';
import { viewMemory, type Memory } from '../abi/layout.ts';
import type { KernelRemote, KernelStatus, RunSpec, RunUntil } from '../abi/remote.ts';
import { HostPool, type Demand } from './host-pool.ts';
import { LiveRun, type Clock } from './live.ts';
import { clearMemory, createFirst, endRun } from './loading.ts';
import { Machine, type Hardware } from './machine.ts';
import { Outcome } from './outcome.ts';
import { TurnRelay, type Relay } from './relay.ts';
import type { Run } from './run.ts';
import { SteppedRun } from './stepped-run.ts';

/** What the kernel needs of its worker. */
export interface Surroundings {
  /** Brings a demand to the main thread, also while the kernel does not return to its event loop. */
  readonly demand: Demand;
  /** For live mode only; stepped mode never looks at it. */
  readonly clock: Clock;
  /** How the turn is handed to hosts; tests have their own way. */
  readonly relay?: (memory: Memory) => Relay;
}

/** The kernel's face. All that outlives a run is the hardware; the rest is made anew by `load`. */
export class Kernel implements KernelRemote {
  readonly #surroundings: Surroundings;
  #hardware: Hardware | null = null;
  #loaded: { readonly machine: Machine; readonly run: Run } | null = null;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  async attach(buffer: SharedArrayBuffer): Promise<void> {
    invariant(this.#hardware === null, 'shared memory is attached once');
    const memory = viewMemory(buffer);
    const relay = this.#surroundings.relay?.(memory) ?? new TurnRelay(memory);
    const pool = new HostPool(memory, relay, this.#surroundings.demand);
    this.#hardware = { memory, relay, pool };
    enterAsKernel((slot) => pool.discard(slot));
  }

  async sendHostsHome(): Promise<void> {
    const hardware = this.#hardware;
    invariant(hardware !== null, 'shared memory is attached before hosts are sent home');
    this.#loaded = null;
    endRun(hardware.memory, hardware.pool);
    hardware.pool.sendAllHome();
  }

  async load(spec: RunSpec): Promise<KernelStatus> {
    const hardware = this.#hardware;
    invariant(hardware !== null, 'shared memory is attached before load');
    this.#loaded = null;
    hardware.pool.limit = spec.hosts;
    clearMemory(hardware.memory, hardware.pool, spec);
    const machine = new Machine(hardware, spec);
    const outcome = new Outcome();
    const failure = createFirst(machine);
    if (failure !== null) outcome.end(machine, 'failed', failure);
    const run =
      spec.mode === 'live' ? new LiveRun(machine, outcome, this.#surroundings.clock) : new SteppedRun(machine, outcome);
    this.#loaded = { machine, run };
    return run.status;
  }

  async run(until: RunUntil): Promise<KernelStatus> {
    return this.#current.run.run(until);
  }

  async pick(tid: Tid): Promise<KernelStatus> {
    return this.#current.run.pick(tid);
  }

  async kill(pid: number): Promise<KernelStatus> {
    return this.#current.run.kill(pid);
  }

  async resizePool(size: number): Promise<KernelStatus> {
    return this.#current.run.resizePool(size);
  }

  async typeLine(line: string | null): Promise<KernelStatus> {
    return this.#current.run.typeLine(line);
  }

  async schedule(): Promise<Schedule> {
    return this.#current.machine.book.schedule();
  }

  get #current(): { readonly machine: Machine; readonly run: Run } {
    invariant(this.#loaded !== null, 'a program is loaded');
    return this.#loaded;
  }
}
