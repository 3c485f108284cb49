import { slotAt } from '../../abi/layout.ts';
import { Slot, type Request } from '../../abi/slot.ts';
import { poke, type Words } from '../../abi/words.ts';

/** What the thread in this slot asks of the kernel. Precondition: it has the turn. */
export function fillRequest(
  words: Words,
  slot: number,
  request: Request,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
): void {
  const at = slotAt(slot);
  poke(words, at + Slot.REQUEST, request);
  poke(words, at + Slot.ARG0, a);
  poke(words, at + Slot.ARG1, b);
  poke(words, at + Slot.ARG2, c);
  poke(words, at + Slot.ARG3, d);
  poke(words, at + Slot.ARG4, e);
}
