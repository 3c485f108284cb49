import { leaveGuard } from './guard.ts';
import { slotAt, type Memory } from './layout.ts';
import { MAX_SLOTS } from './limits.ts';
import { Park, Slot } from './slot.ts';
import { bucketOf, enterBucket, guardOf, remove } from './wait-bucket.ts';
import { peek, type Words } from './words.ts';

/**
 * What the kernel does to parked threads in live mode; the wait buckets themselves (wait-bucket.ts) belong to the hosts, and the
 * kernel takes out of them only who is dead.
 *
 * No wake-up is lost: a waiter publishes PARK = PARKED and PARK_WORD first and looks at KILL and at the word after that,
 * and the kernel changes KILL or the word first and nudges after that. One of the two sees the other.
 */

/** Makes the slot's thread look at KILL and at its word again. Precondition: what it shall see is already stored. */
export function nudge(memory: Memory, slot: number): void {
  const park = slotAt(slot) + Slot.PARK;
  Atomics.compareExchange(memory.words, park, Park.PARKED, Park.NUDGED);
  Atomics.notify(memory.words, park);
  callCarrier(memory.words, slot);
}

/**
 * Lets the worker look again that carries the slot's thread together with others, if one does: at all of them. Live mode.
 * Precondition: what it shall see is already stored.
 */
export function callCarrier(words: Words, slot: number): void {
  const carrier = peek(words, slotAt(slot) + Slot.CARRIER);
  if (carrier === 0) return;
  const call = slotAt(carrier - 1) + Slot.CALL;
  Atomics.add(words, call, 1);
  Atomics.notify(words, call);
}

/** Every thread that sleeps looks again: whoever owed it a wake-up has died. */
export function nudgeAll(memory: Memory): void {
  for (let slot = 0; slot < MAX_SLOTS; slot += 1) nudge(memory, slot);
}

/** Takes a slot out of the list in which its thread waits, if any. Precondition: its worker has ended, or carries nothing. */
export function takeOut({ words }: Memory, slot: number): void {
  const word = Atomics.load(words, slotAt(slot) + Slot.PARK_WORD);
  if (word === 0) return;
  const bucket = bucketOf(word);
  enterBucket(words, bucket);
  remove(words, bucket, slot);
  Atomics.store(words, slotAt(slot) + Slot.PARK_WORD, 0);
  leaveGuard(words, guardOf(bucket));
}

/**
 * The slot's thread will never run again: nobody shall choose it any more, and if somebody has, those who wait on the same word look again,
 * or they would sleep on a free lock. Precondition: as of `takeOut`; a worker that lives on for a moment touches the list no more.
 */
export function abandon(memory: Memory, slot: number): void {
  const word = Atomics.load(memory.words, slotAt(slot) + Slot.PARK_WORD);
  if (word === 0) return;
  takeOut(memory, slot);
  nudgeWaiters(memory, word);
}

/** Nudges every thread that waits on `word`: how those who join a process that has ended get to know. */
export function nudgeWaiters(memory: Memory, word: number): void {
  for (let slot = 0; slot < MAX_SLOTS; slot += 1) {
    if (Atomics.load(memory.words, slotAt(slot) + Slot.PARK_WORD) === word) nudge(memory, slot);
  }
}
