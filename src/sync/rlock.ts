import type { ObjectId } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { peek, poke } from '../abi/words.ts';
import * as lock from './lock.ts';
import { FOREVER, type Port } from './port.ts';

/**
 * A lock that its holder may take again: the lock of `lock.ts`, and how often it was taken.
 *
 *   words STATE, HOLDER   as in lock.ts
 *   word DEPTH            n → n + 1                  acquire by the holder
 *                         n → n − 1                  release by the holder; at 0 the lock itself is given back
 *
 * Zeroed by the object table when the row is taken. DEPTH is read and written only by whoever holds the lock.
 *
 * Here HOLDER is more than information, and a plain read of it is enough: a thread finds its own tid there exactly while it
 * holds the lock, because nobody else ever writes this tid, and it takes it back itself before it frees the lock.
 * No wake-up is lost, because all waiting and waking is the lock's.
 */
const HOLDER = 1;
const DEPTH = 2;

/** Whether the calling thread holds it. Good for a plain lock too. */
export function isMine(port: Port, rlock: ObjectId): boolean {
  return peek(port.memory.words, stateWordOf(rlock, HOLDER)) === port.tid;
}

/** How often it is taken. Precondition: the calling thread holds it. */
export function depthOf(port: Port, rlock: ObjectId): number {
  return peek(port.memory.words, stateWordOf(rlock, DEPTH));
}

/** Takes it, or takes it once more, waiting for at most `ticks` (0: not at all); false = time is up. */
export function acquire(port: Port, rlock: ObjectId, ticks: Ticks): boolean {
  if (!isMine(port, rlock) && !lock.acquire(port, rlock, ticks)) return false;
  poke(port.memory.words, stateWordOf(rlock, DEPTH), depthOf(port, rlock) + 1);
  return true;
}

/** Undoes one acquire; the last one frees it and wakes one waiter. Returns the depth left, -1 = it is not the caller's. */
export function release(port: Port, rlock: ObjectId): number {
  if (!isMine(port, rlock)) return -1;
  const depth = depthOf(port, rlock) - 1;
  poke(port.memory.words, stateWordOf(rlock, DEPTH), depth);
  if (depth === 0) lock.release(port, rlock);
  return depth;
}

/**
 * Frees it however often it was taken, and returns that number for `restore`. Good for a plain lock too, whose third word is
 * always 0. Precondition: the calling thread holds it.
 */
export function releaseAll(port: Port, rlock: ObjectId): number {
  const depth = depthOf(port, rlock);
  poke(port.memory.words, stateWordOf(rlock, DEPTH), 0);
  lock.release(port, rlock);
  return depth;
}

/** Takes it as often as it was taken before `releaseAll`. Precondition: the calling thread does not hold it. */
export function restore(port: Port, rlock: ObjectId, depth: number): void {
  lock.acquire(port, rlock, FOREVER);
  poke(port.memory.words, stateWordOf(rlock, DEPTH), depth);
}
