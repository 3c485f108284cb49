import type { ObjectId } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { BlockReason } from '../abi/record.ts';
import { WaitResult } from '../abi/slot.ts';
import type { Port } from './port.ts';

/**
 * An event: a flag, and a count of how often it went up.
 *
 *   word FLAG         0 → 1                          set
 *                     1 → 0                          clear
 *   word GENERATION   + 1                            set, each time it raised the flag; wraps round
 *
 * Zeroed by the object table when the row is taken; nothing must be held.
 *
 * A waiter waits for GENERATION to change, not for FLAG: whom a `set` has woken goes on even if `clear` follows before it
 * runs. No wake-up is lost: the waiter reads GENERATION before FLAG and waits for the value it read; `set` raises FLAG
 * before it counts. So a `set` that the waiter did not see in FLAG changes GENERATION after it was read, and either the
 * wait returns at once or the `wake` that follows the count finds the waiter.
 */
const FLAG = 0;
const GENERATION = 1;

export function isSet(port: Port, event: ObjectId): boolean {
  return Atomics.load(port.memory.words, stateWordOf(event, FLAG)) !== 0;
}

/** Raises the flag and wakes all waiters; returns how many. */
export function set(port: Port, event: ObjectId): number {
  const { words } = port.memory;
  if (Atomics.exchange(words, stateWordOf(event, FLAG), 1) !== 0) return 0;
  const generation = stateWordOf(event, GENERATION);
  Atomics.add(words, generation, 1);
  return port.wake(generation, -1, event);
}

export function clear(port: Port, event: ObjectId): void {
  Atomics.store(port.memory.words, stateWordOf(event, FLAG), 0);
}

/** Waits until the flag is up or was raised meanwhile, for at most `ticks`; false = time is up. */
export function wait(port: Port, event: ObjectId, ticks: Ticks): boolean {
  const { words } = port.memory;
  const word = stateWordOf(event, GENERATION);
  const generation = Atomics.load(words, word);
  if (isSet(port, event)) return true;
  const deadline = port.now() + ticks;
  while (Atomics.load(words, word) === generation) {
    const left = deadline - port.now();
    if (left <= 0) return false;
    const result = port.wait(word, generation, left, event, BlockReason.EVENT);
    if (result === WaitResult.TIMED_OUT) return Atomics.load(words, word) !== generation;
  }
  return true;
}
