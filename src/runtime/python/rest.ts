import { slotAt } from '../../abi/layout.ts';
import { isOwn, Life, Slot, Turn } from '../../abi/slot.ts';
import type { Words } from '../../abi/words.ts';

/**
 * Until this worker of the slot has a process to carry; one that is sent home or given up never returns. Precondition: it has said that it
 * is parked, so the turn is the kernel's until it is granted.
 */
export function awaitProcess(words: Words, slot: number, worker: number): void {
  const turn = slotAt(slot) + Slot.TURN;
  // The kernel changes the word from this very value. One that is read anew for the wait may be the grant, of which nobody tells again.
  while (Atomics.load(words, turn) === Turn.KERNEL) Atomics.wait(words, turn, Turn.KERNEL);
  // The turn without a process, or for the worker's successor.
  if (Atomics.load(words, slotAt(slot) + Slot.LIFE) !== Life.BUSY || !isOwn(words, slot, worker)) sleepForEver();
}

/** What is given up touches nothing any more, until its worker is stopped. */
export function sleepForEver(): never {
  const word = new Int32Array(new SharedArrayBuffer(4));
  for (;;) Atomics.wait(word, 0, 0);
}
