import { invariant } from '../base/invariant.ts';
import { Control } from './control.ts';
import { enterGuard, leaveGuard } from './guard.ts';
import { HEAP_AT, type Memory } from './layout.ts';
import { HEAP_BYTES } from './limits.ts';
import { peek, poke, type Words } from './words.ts';

/**
 * What lies in shared memory and is longer than a row: blocks whose sizes are powers of two, as in K. C. Knowlton's "A fast
 * storage allocator" (1965), but never merged again, because blocks of the same few sizes come and go.
 *
 *   words FREE[class]   at the heap's start: first free block of 2^class bytes, as a byte offset in the heap; 0 = none
 *   word 0 of a block   while it is free: the next one of its class
 *   Control.HEAP_HEAD   bytes that were ever handed out; the rest of the heap was never touched
 *
 * All are read and written under Control.HEAP_GUARD, by any agent. A block is its owner's from `allocate` to `free`; its bytes
 * are what the last owner left. Which block one gets depends on the order of the calls alone.
 *
 * Safe to abandon: every list is whole after each store, so a holder that dies takes at most the blocks along that it had in hand.
 *
 * A block starts on a cache line, so two owners never write the same one.
 */
const SMALLEST_CLASS = 6;
const CLASSES = 32;
/** The lists' heads fill the first two cache lines, so no block has offset 0. */
const FIRST_BLOCK = CLASSES * 4;

function classOf(bytes: number): number {
  return bytes <= 1 << SMALLEST_CLASS ? SMALLEST_CLASS : 32 - Math.clz32(bytes - 1);
}

/** Byte offset in the heap of a block of at least `bytes`, whatever they held before; 0 = there is no room. */
export function allocate({ words }: Memory, bytes: number): number {
  invariant(Number.isInteger(bytes) && bytes >= 0, 'a block has a size', `${bytes} bytes`);
  if (bytes > HEAP_BYTES) return 0;
  enterGuard(words, Control.HEAP_GUARD);
  try {
    const wanted = classOf(bytes);
    return takeFree(words, wanted) || takeFresh(words, wanted) || split(words, wanted);
  } finally {
    leaveGuard(words, Control.HEAP_GUARD);
  }
}

/** Gives a block back. `bytes` as it was asked for. */
export function free({ words }: Memory, at: number, bytes: number): void {
  enterGuard(words, Control.HEAP_GUARD);
  try {
    const head = peek(words, Control.HEAP_HEAD);
    invariant(
      at >= FIRST_BLOCK && at < head && at % 64 === 0,
      'what is freed was allocated',
      `${bytes} bytes at ${at}`,
    );
    putFree(words, classOf(bytes), at);
  } finally {
    leaveGuard(words, Control.HEAP_GUARD);
  }
}

/** Bytes that were never handed out. */
export function neverUsed({ words }: Memory): number {
  return HEAP_BYTES - Atomics.load(words, Control.HEAP_HEAD);
}

/** Byte offset in the whole memory of a place in the heap. */
export function heapByteAt(at: number): number {
  return HEAP_AT * 4 + at;
}

/** Word index in the whole memory of a place in the heap. Precondition: `at` is a multiple of 4. */
export function heapWordAt(at: number): number {
  return HEAP_AT + (at >> 2);
}

/** Gives all blocks back. Only between runs, while no host runs. */
export function clearHeap({ words }: Memory): void {
  words.fill(0, HEAP_AT, HEAP_AT + CLASSES);
  Atomics.store(words, Control.HEAP_HEAD, 0);
  Atomics.store(words, Control.HEAP_GUARD, 0);
}

function takeFree(words: Words, sizeClass: number): number {
  const block = peek(words, HEAP_AT + sizeClass);
  if (block !== 0) poke(words, HEAP_AT + sizeClass, peek(words, heapWordAt(block)));
  return block;
}

function putFree(words: Words, sizeClass: number, block: number): void {
  poke(words, heapWordAt(block), peek(words, HEAP_AT + sizeClass));
  poke(words, HEAP_AT + sizeClass, block);
}

function takeFresh(words: Words, sizeClass: number): number {
  const block = Math.max(peek(words, Control.HEAP_HEAD), FIRST_BLOCK);
  const end = block + 2 ** sizeClass;
  if (end > HEAP_BYTES) return 0;
  poke(words, Control.HEAP_HEAD, end);
  return block;
}

/** Halves the smallest free block that is too large, again and again, and keeps the first piece. */
function split(words: Words, wanted: number): number {
  for (let sizeClass = wanted + 1; sizeClass < CLASSES; sizeClass += 1) {
    const block = takeFree(words, sizeClass);
    if (block === 0) continue;
    for (let half = sizeClass - 1; half >= wanted; half -= 1) putFree(words, half, block + 2 ** half);
    return block;
  }
  return 0;
}
