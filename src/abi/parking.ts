import { slotAt, type Memory } from './layout.ts';
import { MAX_SLOTS } from './limits.ts';
import { Park, Slot } from './slot.ts';

/**
 * What the kernel does to parked threads in live mode; the wait buckets themselves belong to the hosts.
 *
 * No wake-up is lost: a waiter publishes PARK = PARKED and PARK_WORD first and looks at KILL and at the word after that,
 * and the kernel changes KILL or the word first and nudges after that. One of the two sees the other.
 */

/** Makes the slot's thread look at KILL and at its word again. Precondition: what it shall see is already stored. */
export function nudge(memory: Memory, slot: number): void {
  const park = slotAt(slot) + Slot.PARK;
  Atomics.compareExchange(memory.words, park, Park.PARKED, Park.NUDGED);
  Atomics.notify(memory.words, park);
}

/** Nudges every thread that waits on `word`: how those who join a process that has ended get to know. */
export function nudgeWaiters(memory: Memory, word: number): void {
  for (let slot = 0; slot < MAX_SLOTS; slot += 1) {
    if (Atomics.load(memory.words, slotAt(slot) + Slot.PARK_WORD) === word) nudge(memory, slot);
  }
}
