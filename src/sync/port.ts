import type { ObjectId, Tid, Pid } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import type { Memory } from '../abi/layout.ts';
import type { BlockReason, EndCause } from '../abi/record.ts';
import type { ThreadKind, WaitResult } from '../abi/slot.ts';

/** What a new thread is. */
export interface SpawnRequest {
  /** As `packSpawnMail` wrote it. */
  readonly mail: Uint8Array;
  readonly kind: ThreadKind;
  /** Smaller is more urgent. */
  readonly priority: number;
  /** Ticks from now until it arrives. */
  readonly arrival: Ticks;
  readonly daemon: boolean;
  /** Ticks of CPU it needs before it first blocks; 0 = unknown. */
  readonly burst: Ticks;
}

export interface Spawned {
  readonly pid: Pid;
  readonly tid: Tid;
  /** Its row in the object table. */
  readonly object: ObjectId;
}

/** Waits that end only when somebody wakes the thread. */
export const FOREVER: Ticks = Infinity;

/** The moment that is so far from now. Asks no clock when there is none: in live mode that takes longer than a lock does. */
export function deadlineIn(port: Port, ticks: Ticks): Ticks {
  return ticks === FOREVER ? FOREVER : port.now() + ticks;
}

/** How far a deadline is from now; below 0 when it has passed. */
export function ticksUntil(port: Port, deadline: Ticks): Ticks {
  return deadline === FOREVER ? FOREVER : deadline - port.now();
}

/**
 * All that the primitives need of the machine below them, for the thread that calls. Two implementations: stepped, where
 * each call that passes time goes through the kernel, and live, where threads meet in shared memory.
 *
 * Every method throws `HostReset` once the thread has been told to stop, again and again until its program is unwound; but
 * between a change and the `wake` that follows it nobody is stopped.
 */
export interface Port {
  readonly memory: Memory;
  readonly pid: Pid;
  readonly parentPid: Pid;
  readonly tid: Tid;
  /** The thread's own row in the object table. */
  readonly self: ObjectId;
  /** Source line of the current statement, from 1; 0 = none yet. */
  readonly line: number;

  /** A statement begins. */
  checkpoint(line: number): void;
  /** A call has returned: the current statement is again the one at `line`, that made it. Takes no time, never throws. */
  backTo(line: number): void;
  /**
   * A visible operation begins. `partOfBurst`: it is a request to a device, which, where only operations are steps, belongs
   * to the step before it.
   */
  step(partOfBurst?: boolean): void;
  /** Uses a CPU for this many ticks. In live mode that is work, as much as a core does in that time: with less than a core it takes longer. */
  compute(ticks: Ticks): void;
  /** Says what the thread needs before it next blocks; 0 = unknown. */
  expectBurst(ticks: Ticks): void;

  /**
   * Blocks while `word` holds `expected`, until woken or for `ticks`. Comparing and blocking are one atomic action with
   * respect to `wake` of the same word. Woken does not mean that the word changed: look again. A thread that is killed
   * after it was woken and before it runs passes its wake-up on to the next waiter of the word.
   */
  wait(word: number, expected: number, ticks: Ticks, object: ObjectId, reason: BlockReason): WaitResult;
  /**
   * Looks again and again whether a wait is over that may be shorter than falling asleep and being woken would be; false: it
   * is not, and the thread may as well sleep. Where threads take turns it would look in vain, and does not.
   */
  linger(isOver: () => boolean): boolean;
  /**
   * Lets a moment pass, so that of much that comes one after the other more is there when the thread looks again: it need not be
   * woken for each. Nobody can wake it before. False: where threads take turns nothing comes meanwhile, and no time has passed.
   */
  doze(): boolean;
  /** Wakes up to `count` threads that wait on `word`, longest waiter first (-1: all); returns how many. */
  wake(word: number, count: number, object: ObjectId): number;
  /** Blocks for `ticks`, on SLEEP or IO. Ends the step that is under way. */
  sleep(ticks: Ticks, object: ObjectId, reason: BlockReason): void;
  /** Ticks since the run began; a fraction in live mode. */
  now(): Ticks;

  /** @throws SpawnFailed when the machine has no place for another thread. */
  spawn(request: SpawnRequest): Spawned;
  /** Ends a process; false if there is none. */
  kill(pid: Pid, code: number, cause: EndCause): boolean;

  /** Whether records are wanted at all; ask before making their texts. */
  readonly logged: boolean;
  /** Appends a record of the calling thread. */
  log(kind: number, aux: number, object: ObjectId, a: number, b: number, c: number): void;
}
