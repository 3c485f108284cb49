import type { ObjectId } from '../../base/ids.ts';
import { Control } from '../../abi/control.ts';
import { guarded } from '../../abi/guard.ts';
import { allocate, free, heapByteAt, heapWordAt } from '../../abi/heap.ts';
import type { Memory } from '../../abi/layout.ts';
import { PipeWord, pipeWordOf, Traffic, trafficWordOf } from '../../abi/pipe-row.ts';
import { decodeText, encodeText } from '../../abi/text.ts';
import { peek, poke, type Words } from '../../abi/words.ts';
import type { SentDescriptor } from './open-files.ts';

/**
 * Descriptors that travel with the bytes of a socket, as SCM_RIGHTS of POSIX: a list of blocks in the heap, in the order of the bytes that they
 * were sent with.
 *
 *   PipeWord.RIGHTS   first block, 0 = none
 *   word NEXT         next block, 0 = none
 *   word AT           of the first of those bytes: its place in all that was ever written to the pipe
 *   word BYTES        of the text that follows: the descriptors, as JSON
 *
 * All under Control.DESCRIPTORS_GUARD. What nobody reads stays until the run is over.
 */
const NEXT = 0;
const AT = 1;
const BYTES = 2;
const HEAD_BYTES = 12;

/**
 * Precondition: the descriptors are packed, and the next byte that is written will be the one at `at`: who reads it shall find them. The block;
 * 0: there is no room.
 */
export function attach(memory: Memory, pipe: ObjectId, at: number, sent: readonly SentDescriptor[]): number {
  const { words } = memory;
  const text = encodeText(JSON.stringify(sent));
  const block = allocate(memory, HEAD_BYTES + text.length);
  if (block === 0) return 0;
  poke(words, heapWordAt(block) + NEXT, 0);
  poke(words, heapWordAt(block) + AT, at);
  poke(words, heapWordAt(block) + BYTES, text.length);
  memory.bytes.set(text, heapByteAt(block) + HEAD_BYTES);
  guarded(words, Control.DESCRIPTORS_GUARD, () => Atomics.store(words, linkTo(words, pipe, 0), block));
  return block;
}

/** Takes back what was attached to bytes that were not written. */
export function detach(memory: Memory, pipe: ObjectId, block: number): void {
  const { words } = memory;
  guarded(words, Control.DESCRIPTORS_GUARD, () => {
    Atomics.store(words, linkTo(words, pipe, block), peek(words, heapWordAt(block) + NEXT));
  });
  free(memory, block, HEAD_BYTES + peek(words, heapWordAt(block) + BYTES));
}

/** The word that names this block; 0: the one that ends the list. Precondition: the guard is held, and the block is in the list. */
function linkTo(words: Words, pipe: ObjectId, block: number): number {
  let link = pipeWordOf(pipe, PipeWord.RIGHTS);
  for (let next = peek(words, link); next !== block; next = peek(words, link)) link = heapWordAt(next) + NEXT;
  return link;
}

/** How many bytes one may read until the next that descriptors came with; those of the very next byte do not count. */
export function bytesBeforeRights({ words }: Memory, pipe: ObjectId): number {
  const head = headOf({ words } as Memory, pipe);
  let block = Atomics.load(words, pipeWordOf(pipe, PipeWord.RIGHTS));
  while (block !== 0) {
    const ahead = (peek(words, heapWordAt(block) + AT) - head) | 0;
    if (ahead > 0) return ahead;
    block = peek(words, heapWordAt(block) + NEXT);
  }
  return Infinity;
}

/** What came with the bytes before this place, and with the byte there, if it is to be `included`; it is taken out. */
export function takeRights(memory: Memory, pipe: ObjectId, place: number, included: boolean): SentDescriptor[] {
  const { words } = memory;
  const first = pipeWordOf(pipe, PipeWord.RIGHTS);
  if (Atomics.load(words, first) === 0) return [];
  return guarded(words, Control.DESCRIPTORS_GUARD, () => {
    const taken: SentDescriptor[] = [];
    for (let block = peek(words, first); block !== 0; block = peek(words, first)) {
      const at = heapWordAt(block);
      const ahead = (peek(words, at + AT) - place) | 0;
      if (included ? ahead > 0 : ahead >= 0) break;
      const bytes = peek(words, at + BYTES);
      const from = heapByteAt(block) + HEAD_BYTES;
      taken.push(...(JSON.parse(decodeText(memory.bytes.slice(from, from + bytes))) as SentDescriptor[]));
      Atomics.store(words, first, peek(words, at + NEXT));
      free(memory, block, HEAD_BYTES + bytes);
    }
    return taken;
  });
}

/** Place of the byte that will be read next. */
export function headOf({ words }: Memory, pipe: ObjectId): number {
  return Atomics.load(words, trafficWordOf(words, pipe) + Traffic.HEAD);
}

/** Place of the byte that will be written next. */
export function tailOf({ words }: Memory, pipe: ObjectId): number {
  return Atomics.load(words, trafficWordOf(words, pipe) + Traffic.TAIL);
}
