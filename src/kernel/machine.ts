import type { Pid } from '../base/ids.ts';
import { Random } from '../base/random.ts';
import type { Ticks } from '../base/units.ts';
import type { Memory } from '../abi/layout.ts';
import { HOST_HANG_MS } from '../abi/limits.ts';
import type { RunSpec } from '../abi/remote.ts';
import type { Words } from '../abi/words.ts';
import type { HostPool } from './host-pool.ts';
import { KernelLog } from './log.ts';
import { policyOf } from './policies/catalogue.ts';
import type { Policy } from './policies/policy.ts';
import { ReadyQueue } from './ready-queue.ts';
import type { Relay } from './relay.ts';
import { ScheduleBook } from './schedule-book.ts';
import { ThreadTable } from './thread-table.ts';
import type { Thread } from './thread.ts';
import { Timers } from './timers.ts';
import { WaitQueues } from './wait-queues.ts';

/** What outlives a run. */
export interface Hardware {
  readonly memory: Memory;
  readonly relay: Relay;
  readonly pool: HostPool;
}

/**
 * The state of one run, which the kernel alone writes. Nothing here acts: `transitions.ts` moves threads between these
 * places, and `load` makes a new machine.
 */
export class Machine {
  readonly spec: RunSpec;
  /** How long a host may be under way to its next checkpoint. */
  readonly patienceMs: number;
  readonly memory: Memory;
  readonly words: Words;
  readonly relay: Relay;
  readonly pool: HostPool;

  readonly log: KernelLog;
  readonly table = new ThreadTable();
  readonly ready = new ReadyQueue();
  readonly timers = new Timers();
  readonly waits = new WaitQueues();
  readonly book: ScheduleBook;
  readonly policy: Policy;
  readonly random: Random;
  /** Who holds each CPU. */
  readonly cpus: (Thread | null)[];
  /** Python engine: tick of the last step of each process, by pid (interpreter.ts). */
  readonly interpretersUsed = new Map<Pid, Ticks>();
  /** Woken or created in this tick: they become Ready at the start of the next. */
  rising: Thread[] = [];

  /** Set through `setTick`. */
  tick: Ticks = 0;
  /** Steps begun. */
  steps = 0;
  /** Dispatches so far. */
  stints = 0;
  /** A step is being executed (it fills its tick), not a free way. */
  inStep = false;
  /** mlfq: tick of the next boost; -1: never. */
  nextBoost: Ticks;

  constructor(hardware: Hardware, spec: RunSpec) {
    this.spec = spec;
    this.patienceMs = spec.patienceMs ?? HOST_HANG_MS;
    this.memory = hardware.memory;
    this.words = hardware.memory.words;
    this.relay = hardware.relay;
    this.pool = hardware.pool;
    this.log = new KernelLog(hardware.memory, spec.muted);
    this.book = new ScheduleBook(spec.schedule);
    this.policy = policyOf(spec.machine);
    this.random = new Random(spec.machine.seed);
    this.cpus = Array.from({ length: spec.machine.cpus }, () => null);
    this.nextBoost = spec.machine.policy === 'mlfq' && spec.machine.boost > 0 ? spec.machine.boost : -1;
  }

  /** Some thread holds a CPU. */
  get anyRunning(): boolean {
    for (const thread of this.cpus) if (thread !== null) return true;
    return false;
  }
}
