import { invariant } from '../base/invariant.ts';
import type { ObjectId, Pid, Tid } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import type { BlockReason, EndCause, ReadyCause } from '../abi/record.ts';
import type { ThreadKind } from '../abi/slot.ts';

export const ThreadState = { NEW: 0, READY: 1, RUNNING: 2, BLOCKED: 3, TERMINATED: 4 } as const;
export type ThreadState = (typeof ThreadState)[keyof typeof ThreadState];

const NAMES = ['New', 'Ready', 'Running', 'Blocked', 'Terminated'];

/** Bit `to` of entry `from`: this transition is one of the textbook's. A kill may end a thread in any state. */
const LEGAL = [
  (1 << ThreadState.READY) | (1 << ThreadState.TERMINATED),
  (1 << ThreadState.RUNNING) | (1 << ThreadState.TERMINATED),
  (1 << ThreadState.READY) | (1 << ThreadState.BLOCKED) | (1 << ThreadState.TERMINATED),
  (1 << ThreadState.READY) | (1 << ThreadState.TERMINATED),
  0,
];

/** What the textbooks assume of the first burst of a thread that told nothing (Silberschatz: τ0). */
const FIRST_ESTIMATE = 5;

/** How a thread ends. */
export interface End {
  readonly cause: EndCause;
  readonly code: number;
  /** Text of the message or traceback. */
  readonly text: number;
}

/** What never changes in a thread's life. */
export interface Birth {
  readonly tid: Tid;
  readonly pid: Pid;
  readonly name: string;
  readonly kind: ThreadKind;
  readonly slot: number;
  /** Its row of the object table. */
  readonly object: ObjectId;
  readonly parent: Tid;
  readonly parentPid: Pid;
  readonly daemon: boolean;
  /** Smaller is more urgent. */
  readonly priority: number;
  /** Ticks of CPU it was said to need first; 0: unknown. */
  readonly burst: Ticks;
}

/** One row of the thread table. Plain fields, written by the kernel only: the hot path reads them every step. */
export class Thread {
  readonly tid: Tid;
  readonly pid: Pid;
  readonly name: string;
  readonly kind: ThreadKind;
  readonly object: ObjectId;
  readonly parent: Tid;
  readonly parentPid: Pid;
  readonly daemon: boolean;
  readonly priority: number;

  /** Where its host is; -1 once the host has been given back. */
  slot: number;
  #state: ThreadState = ThreadState.NEW;
  /** The CPU it holds; -1 unless Running. */
  cpu = -1;
  /** Source line of the step it stands before; 0: none. */
  line = 0;
  /** Text of what that step executes in its line; 0: all of it. */
  detail = 0;
  /** Its host stands at a checkpoint, so the next grant is a step. Else the next grant is its free way to one. */
  atCheckpoint = false;
  /** Its host has asked to block before the thread was ever dispatched: the request is served at dispatch. */
  pending = false;
  /** Its host has asked for its end before the thread was ever dispatched: it ends at dispatch. */
  pendingEnd: End | null = null;

  // Accounting, for the policies.
  /** Steps of the current quantum. */
  used = 0;
  /** mlfq: 0 is the top. */
  level = 0;
  /** mlfq: steps at this level. */
  levelUsed = 0;
  /** mlfq: moved down by its last step; it goes behind its new level. */
  demoted = false;
  /** Ordinal of its last dispatch in the run: smaller = has held its CPU longer. */
  stint = 0;
  /** Length of the current burst as told by the host; 0: not told. */
  told: Ticks;
  /** Steps of the current burst. */
  burstUsed = 0;
  /** Length of the next burst by exponential averaging. */
  estimate = FIRST_ESTIMATE;

  // While Blocked.
  blockReason: BlockReason | 0 = 0;
  blockObject: ObjectId | 0 = 0;
  /** Word it waits on; -1: none. */
  waitWord = -1;
  waitNext: Thread | null = null;
  waitPrevious: Thread | null = null;
  /** Word whose wake-up it was given for itself alone and has not used yet, since it has not run; -1: none. */
  wokenFrom = -1;
  /** Tick for which a timer makes it Ready; -1: none. */
  due = -1;

  // Why it becomes Ready; valid from the wake-up (or creation) to the record.
  readyCause: ReadyCause | 0 = 0;
  readyObject: ObjectId | 0 = 0;
  readyBy: Tid | 0 = 0;

  constructor(birth: Birth) {
    this.tid = birth.tid;
    this.pid = birth.pid;
    this.name = birth.name;
    this.kind = birth.kind;
    this.slot = birth.slot;
    this.object = birth.object;
    this.parent = birth.parent;
    this.parentPid = birth.parentPid;
    this.daemon = birth.daemon;
    this.priority = birth.priority;
    this.told = birth.burst;
  }

  get state(): ThreadState {
    return this.#state;
  }

  moveTo(state: ThreadState): void {
    const legal = ((LEGAL[this.#state] as number) >>> state) & 1;
    if (legal === 0) this.#refuse(state);
    this.#state = state;
  }

  #refuse(state: ThreadState): void {
    invariant(false, 'only legal transitions', `tid ${this.tid}: ${NAMES[this.#state]} → ${NAMES[state]}`);
  }
}
