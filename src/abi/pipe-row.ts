import type { ObjectId } from '../base/ids.ts';
import { heapWordAt } from './heap.ts';
import { stateWordOf } from './object-table.ts';
import { peek, type Words } from './words.ts';

/**
 * The words of a pipe's row that the kernel must know too, because it closes the ends of whoever has ended. What the hosts
 * do with them, and with the pipe's traffic, is in sync/pipe.ts.
 */
export const PipeWord = {
  /** How many read ends are open, in all processes and on their way between them; under Control.DESCRIPTORS_GUARD. */
  READERS: 0,
  /** The same of write ends. */
  WRITERS: 1,
  /** Heap block of the bytes; 0 once all ends are closed. */
  BUFFER: 2,
  /** Heap block of the words that change with every byte. */
  TRAFFIC: 3,
  /** Rings for readers: bytes have come, or the last write end was closed. */
  READ_BELL: 4,
  /** 1 = a reader waits for READ_BELL, or is about to. */
  READERS_WAIT: 5,
  /** Rings for writers: there is room, or the last read end was closed. */
  WRITE_BELL: 6,
  /** 1 = a writer waits for WRITE_BELL, or is about to. */
  WRITERS_WAIT: 7,
  /** Bytes that it holds; a power of two. */
  CAPACITY: 8,
  /** Heap block of descriptors that were sent with its bytes (runtime/python/rights.ts); 0 = none. */
  RIGHTS: 9,
} as const;
export type PipeWord = (typeof PipeWord)[keyof typeof PipeWord];

/**
 * The words of TRAFFIC, on four cache lines: HEAD and TAIL have one each, because the other side looks at them again and again
 * while it has nothing to do; what only the readers, and only the writers use would else be fetched back after every look.
 */
export const Traffic = {
  /** Bytes read so far, modulo 2^32. */
  HEAD: 0,
  /** Guards what readers write, and the bytes that they copy out. */
  READ_GUARD: 16,
  /** TAIL as a reader last saw it. */
  TAIL_SEEN: 17,
  /** Items of a queue that were got; under the queue's lock of readers. */
  ITEMS_OUT: 18,
  /** Bytes written so far, modulo 2^32. */
  TAIL: 32,
  WRITE_GUARD: 48,
  /** HEAD as a writer last saw it. */
  HEAD_SEEN: 49,
  /** Items of a queue whose `put` has begun. */
  ITEMS_IN: 50,
} as const;
export const TRAFFIC_BYTES = 256;

/** An end of a pipe, as records of kind PIPE_END say it. */
export const End = { READ: 0, WRITE: 1 } as const;
export type End = (typeof End)[keyof typeof End];

export function pipeWordOf(pipe: ObjectId, word: PipeWord): number {
  return stateWordOf(pipe, word);
}

/** The word that counts the open ends of this kind. */
export function endsWordOf(pipe: ObjectId, end: End): number {
  return stateWordOf(pipe, end === End.READ ? PipeWord.READERS : PipeWord.WRITERS);
}

/** Index of the first of the `Traffic` words. They stay while the run lasts: a guard must outlive who waits for it. */
export function trafficWordOf(words: Words, pipe: ObjectId): number {
  return heapWordAt(peek(words, pipeWordOf(pipe, PipeWord.TRAFFIC)));
}
