import { NO_TID, type ObjectId } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { BlockReason } from '../abi/record.ts';
import { WaitResult } from '../abi/slot.ts';
import { peek, poke } from '../abi/words.ts';
import { acquireInTurn, handOver } from './fair-lock.ts';
import { LockState, lockWord } from './lock-word.ts';
import type { Port } from './port.ts';

/**
 * A lock: Ulrich Drepper's third mutex ("Futexes Are Tricky", 2011, section 6).
 *
 *   word STATE       from → to                       by
 *   FREE             → HELD                          tryAcquire, without waiting
 *   FREE             → CONTENDED                     a thread that has waited: others may still be waiting
 *   HELD             → CONTENDED                     a thread that is about to wait
 *   HELD, CONTENDED  → FREE                          release; CONTENDED also wakes one waiter
 *
 *   word HOLDER      tid of the holder, 0 = none: only information, for those who explain and draw. A plain store, made
 *                    after STATE was taken and before it is given back.
 *   word FAIR        1 = it is handed over in order of arrival (fair-lock.ts); written once, by the creator
 *
 * Zeroed by the object table when the row is taken; nothing must be held to call anything here, and any thread may release.
 *
 * No wake-up is lost: a thread waits only for CONTENDED to change, having stored CONTENDED itself; a release exchanges the
 * word, so it sees that CONTENDED (and wakes), or came before it (and the exchange returned FREE: the lock is taken).
 * The woken thread takes the lock as CONTENDED because it cannot know whether it was the last: at worst one idle wake.
 */
const FAIR = 3;

/** Of the port, what needs no waiting. */
type Caller = Pick<Port, 'memory' | 'tid'>;

/** Somebody holds it now. */
export function isHeld(port: Pick<Port, 'memory'>, lock: ObjectId): boolean {
  return Atomics.load(port.memory.words, lockWord(lock)) !== LockState.FREE;
}

/** Takes a free lock, else returns false at once. */
export function tryAcquire(port: Caller, lock: ObjectId): boolean {
  const { words } = port.memory;
  const state = lockWord(lock);
  if (Atomics.compareExchange(words, state, LockState.FREE, LockState.HELD) !== LockState.FREE) return false;
  poke(words, state + 1, port.tid);
  return true;
}

/** Takes the lock, waiting for at most `ticks` (0: not at all); false = time is up. */
export function acquire(port: Port, lock: ObjectId, ticks: Ticks): boolean {
  if (tryAcquire(port, lock)) return true;
  if (ticks <= 0) return false;
  return isFair(port, lock) ? acquireInTurn(port, lock, ticks) : acquireContended(port, lock, ticks);
}

/** Precondition: the row is new. */
export function makeFair(port: Port, lock: ObjectId): void {
  poke(port.memory.words, lockWord(lock) + FAIR, 1);
}

function isFair(port: Port, lock: ObjectId): boolean {
  return peek(port.memory.words, lockWord(lock) + FAIR) !== 0;
}

function acquireContended(port: Port, lock: ObjectId, ticks: Ticks): boolean {
  const state = lockWord(lock);
  const deadline = port.now() + ticks;
  while (!tryContended(port, lock)) {
    const left = deadline - port.now();
    // A thread that gives up leaves CONTENDED behind: the next release wakes nobody, which is harmless.
    if (left <= 0) return false;
    const result = port.wait(state, LockState.CONTENDED, left, lock, BlockReason.LOCK);
    if (result === WaitResult.TIMED_OUT) return false;
  }
  return true;
}

/** Takes the lock, if it is free, as one who has waited; else it is CONTENDED now, and the caller waits for that to change. */
export function tryContended(port: Caller, lock: ObjectId): boolean {
  const { words } = port.memory;
  const state = lockWord(lock);
  if (Atomics.exchange(words, state, LockState.CONTENDED) !== LockState.FREE) return false;
  poke(words, state + 1, port.tid);
  return true;
}

/** Gives the lock back; false = nobody held it. */
export function release(port: Port, lock: ObjectId): boolean {
  const { words } = port.memory;
  if (isFair(port, lock)) {
    poke(words, lockWord(lock) + 1, NO_TID);
    return handOver(port, lock);
  }
  const before = giveBack(port, lock);
  if (before === LockState.CONTENDED) port.wake(lockWord(lock), 1, lock);
  return before !== LockState.FREE;
}

/** Frees a lock that is not fair. Returns its STATE before; if that was CONTENDED, the caller wakes one waiter. */
export function giveBack({ memory: { words } }: Pick<Port, 'memory'>, lock: ObjectId): number {
  const state = lockWord(lock);
  poke(words, state + 1, NO_TID);
  return Atomics.exchange(words, state, LockState.FREE);
}
