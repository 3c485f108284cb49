import type { Ticks } from '../../base/units.ts';
import type { Request } from '../../abi/slot.ts';

/**
 * How the threads of one process, which one worker carries, take turns. In stepped mode the kernel says whose turn it is in the
 * whole machine (`stepped-turns.ts`); in live mode processes run at once, and the threads of each take turns among themselves
 * (`live-turns.ts`).
 */
export interface Turns {
  /** Threads really run at once: there is a clock, and no steps. */
  readonly live: boolean;
  /** Blocks the worker until its first thread has the turn for the first time: its slot. */
  begin(): number;
  /**
   * The thread in slot `me`, which has the turn, asks the kernel for this. Blocks the worker until one of its threads has the turn:
   * its slot. When that is `me`, RESULT of its slot is the answer.
   */
  hand(me: number, request: Request, a: number, b: number, c: number, d: number, e: number): number;
  /** Told to stop, or given up, the worker touches nothing any more: it never returns. Call it where no guard is held. */
  heed(): void;
  /** CPython looks whether a signal has come. True: whoever runs shall come to the kernel soon. */
  look(): boolean;
  /** The time since the run began. */
  now(): Ticks;
  /** The same as records say it. */
  stamp(): number;
  /** How long the thread in this slot has run, or (null) all of the process; null where that is counted in steps. */
  ran(slot: number | null): Ticks | null;
  /** How long a wait or a sleep lasts, as `hand` gets it; -1 = for ever. */
  patience(ticks: Ticks): number;
}
