import { asObjectId, type ObjectId } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { BlockReason } from '../abi/record.ts';
import { peek, poke } from '../abi/words.ts';
import type { Port } from './port.ts';
import { answerOf, callFirst, enter, leave, waitForCall, type Line } from './waiting-line.ts';

/**
 * A condition variable with Mesa's meaning (B. Lampson and D. Redell, "Experience with processes and monitors in Mesa",
 * 1980): whoever is notified is no more than told to look again, and must first get the lock.
 *
 *   word LOCK            the lock (or recursive lock) that goes with it; written once, by the creator
 *   words HEAD, TAIL     the line of those who wait (waiting-line.ts), guarded by that lock
 *
 * Zeroed by the object table when the row is taken, then `initialise` by the creator. The lock must be held to call `begin`,
 * `end` and `notify`; `sleep` is called without it.
 *
 * A wait is: begin, give the lock back, sleep, take the lock again, end. No notification is lost: a waiter stands in line
 * before it gives the lock back, and a notify holds the lock, so it finds all who waited before it. A waiter whose time is up
 * still stands in line until it has the lock again: a notify that calls it meanwhile counts, and `end` says so.
 */
const LOCK = 0;
const HEAD = 1;

const NOTIFIED = 1;

const lineOf = (condition: ObjectId): Line => stateWordOf(condition, HEAD);

/** Precondition: the row is new. */
export function initialise(port: Port, condition: ObjectId, lock: ObjectId): void {
  poke(port.memory.words, stateWordOf(condition, LOCK), lock);
}

export function lockOf(port: Port, condition: ObjectId): ObjectId {
  return asObjectId(peek(port.memory.words, stateWordOf(condition, LOCK)));
}

/** The calling thread waits from now on. */
export function begin(port: Port, condition: ObjectId): void {
  enter(port, lineOf(condition));
}

/** Blocks until notified, for at most `ticks`. */
export function sleep(port: Port, condition: ObjectId, ticks: Ticks): void {
  waitForCall(port, ticks, condition, BlockReason.CONDITION);
}

/** The calling thread waits no more; false = it was not notified. */
export function end(port: Port, condition: ObjectId): boolean {
  if (answerOf(port) === NOTIFIED) return true;
  leave(port, lineOf(condition));
  return false;
}

/** As `count` of `notify`: all who wait. */
export const EVERYBODY = Number.MAX_SAFE_INTEGER;

/** Wakes those who have waited longest, at most `count`; returns how many. */
export function notify(port: Port, condition: ObjectId, count: number): number {
  const line = lineOf(condition);
  let notified = 0;
  while (notified < count && callFirst(port, line, NOTIFIED, condition)) notified += 1;
  return notified;
}
