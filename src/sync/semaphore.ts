import type { ObjectId } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { BlockReason } from '../abi/record.ts';
import { WaitResult } from '../abi/slot.ts';
import { peek, poke } from '../abi/words.ts';
import type { Port } from './port.ts';

/**
 * A counting semaphore: E. W. Dijkstra's P and V ("Cooperating sequential processes", 1965, section 4), on a futex as the
 * GNU C library's `sem_t`.
 *
 *   word COUNT        from → to                      by
 *                     n + 1 → n                      tryAcquire: a place is taken
 *                     n → n + 1                      release, while n is below LIMIT
 *   word LIMIT        largest COUNT; written once, by the creator
 *   word WAITERS      + 1                            a thread that is about to wait
 *                     − 1                            the same thread when it is back
 *
 * Zeroed by the object table when the row is taken, then `initialise` by the creator, before anybody else knows the row.
 * Nothing must be held, and any thread may release.
 *
 * No wake-up is lost: a waiter counts itself in WAITERS before it compares COUNT with 0, and release raises COUNT before it
 * reads WAITERS. So either the waiter sees the new COUNT and does not wait, or release sees the waiter and wakes the one
 * that has waited longest. Woken it tries again: somebody who never waited may have been quicker, as with any futex.
 * A waiter that is killed stays counted in WAITERS: from then on a release may wake nobody, which is harmless.
 */
const COUNT = 0;
const LIMIT = 1;
const WAITERS = 2;

/** SEM_VALUE_MAX: what a semaphore without a bound of its own can count to. */
export const MAX_COUNT = 0x7fff_ffff;

/** Precondition: the row is new, 0 ≤ count ≤ limit ≤ MAX_COUNT. */
export function initialise(port: Pick<Port, 'memory'>, semaphore: ObjectId, count: number, limit: number): void {
  const { words } = port.memory;
  poke(words, stateWordOf(semaphore, COUNT), count);
  poke(words, stateWordOf(semaphore, LIMIT), limit);
}

/** How many could acquire now without waiting. */
export function countOf(port: Pick<Port, 'memory'>, semaphore: ObjectId): number {
  return Atomics.load(port.memory.words, stateWordOf(semaphore, COUNT));
}

/** Takes a place if there is one, else returns false at once. */
export function tryAcquire(port: Pick<Port, 'memory'>, semaphore: ObjectId): boolean {
  const { words } = port.memory;
  const word = stateWordOf(semaphore, COUNT);
  for (let count = Atomics.load(words, word); count > 0; count = Atomics.load(words, word)) {
    if (Atomics.compareExchange(words, word, count, count - 1) === count) return true;
  }
  return false;
}

/** Takes a place, waiting for at most `ticks` (0: not at all); false = time is up. */
export function acquire(port: Port, semaphore: ObjectId, ticks: Ticks): boolean {
  if (tryAcquire(port, semaphore)) return true;
  if (ticks <= 0) return false;
  const deadline = port.now() + ticks;
  for (;;) {
    const left = deadline - port.now();
    if (left <= 0) return false;
    const word = aboutToWait(port, semaphore);
    const result = port.wait(word, 0, left, semaphore, BlockReason.SEMAPHORE);
    backFromWait(port, semaphore);
    if (tryAcquire(port, semaphore)) return true;
    if (result === WaitResult.TIMED_OUT) return false;
  }
}

/** Counts the caller in WAITERS. Returns the word on which it waits for 0 to change; then `backFromWait`. */
export function aboutToWait({ memory: { words } }: Pick<Port, 'memory'>, semaphore: ObjectId): number {
  Atomics.add(words, stateWordOf(semaphore, WAITERS), 1);
  return stateWordOf(semaphore, COUNT);
}

export function backFromWait({ memory: { words } }: Pick<Port, 'memory'>, semaphore: ObjectId): void {
  Atomics.sub(words, stateWordOf(semaphore, WAITERS), 1);
}

/** Gives a place back and wakes the longest waiter; false = COUNT was at its limit, and nothing has changed. */
export function release(port: Port, semaphore: ObjectId): boolean {
  const word = giveBack(port, semaphore);
  if (word > 0) port.wake(word, 1, semaphore);
  return word !== AT_LIMIT;
}

/** Of `giveBack`. */
export const AT_LIMIT = -1;

/** Gives a place back. Returns the word of which the caller wakes one waiter, 0 = nobody waits, or AT_LIMIT: nothing has changed. */
export function giveBack(port: Pick<Port, 'memory'>, semaphore: ObjectId): number {
  const { words } = port.memory;
  const word = stateWordOf(semaphore, COUNT);
  const limit = peek(words, stateWordOf(semaphore, LIMIT));
  let count = Atomics.load(words, word);
  for (;;) {
    if (count >= limit) return AT_LIMIT;
    const found = Atomics.compareExchange(words, word, count, count + 1);
    if (found === count) break;
    count = found;
  }
  return Atomics.load(words, stateWordOf(semaphore, WAITERS)) === 0 ? 0 : word;
}
