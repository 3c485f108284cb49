import type { ObjectId } from '../base/ids.ts';
import { allocate, free, heapByteAt, heapWordAt } from '../abi/heap.ts';
import { peek, poke } from '../abi/words.ts';
import { backlogWord } from './pool.ts';
import type { Port } from './port.ts';

/**
 * Messages for a pool's workers that the pipe of tasks has no room for: so that who hands in a task need not wait, as
 * CPython's `queue.SimpleQueue` between the caller and the thread that feeds the workers. A list in the heap:
 *
 *   words FIRST, LAST   of the pool's row: heap blocks, 0 = none; LAST means nothing while FIRST is 0
 *   word NEXT           of a block: the one behind it, 0 = none
 *   word BYTES          of the message, which follows
 *   word SENT           how many of them are in the pipe already
 *
 * Guarded by the pool's GUARD, and safe to abandon: FIRST is stored last, and a block that LAST does not name yet is that of a process
 * that died while it handed a task in. As long as there is a backlog, whatever comes goes to its end, so the order is kept.
 */
const NEXT = 0;
const BYTES = 1;
const SENT = 2;
const HEAD_BYTES = 12;

/** The message that has waited longest. */
export interface Pending {
  /** A private copy of what is not sent yet. */
  readonly rest: Uint8Array;
  /** Nothing of it was sent. */
  readonly fresh: boolean;
}

export function hasBacklog(port: Port, pool: ObjectId): boolean {
  return Atomics.load(port.memory.words, backlogWord(pool)) !== 0;
}

/** Puts a message at the end; false = the heap has no room. */
export function append(port: Port, pool: ObjectId, message: Uint8Array): boolean {
  const { memory } = port;
  const { words } = memory;
  const block = allocate(memory, HEAD_BYTES + message.length);
  if (block === 0) return false;
  const at = heapWordAt(block);
  poke(words, at + NEXT, 0);
  poke(words, at + BYTES, message.length);
  poke(words, at + SENT, 0);
  memory.bytes.set(message, heapByteAt(block) + HEAD_BYTES);
  const list = backlogWord(pool);
  const isFirst = peek(words, list) === 0;
  if (!isFirst) poke(words, heapWordAt(peek(words, list + 1)) + NEXT, block);
  poke(words, list + 1, block);
  if (isFirst) Atomics.store(words, list, block);
  return true;
}

/** Null: there is none. */
export function firstPending(port: Port, pool: ObjectId): Pending | null {
  const { words, bytes } = port.memory;
  const block = peek(words, backlogWord(pool));
  if (block === 0) return null;
  const at = heapWordAt(block);
  const from = heapByteAt(block) + HEAD_BYTES;
  const sent = peek(words, at + SENT);
  return { rest: new Uint8Array(bytes.slice(from + sent, from + peek(words, at + BYTES))), fresh: sent === 0 };
}

/** So many more bytes of the first message are sent; all of them = it leaves the list. Precondition: there is one. */
export function countSent(port: Port, pool: ObjectId, count: number): void {
  const { memory } = port;
  const { words } = memory;
  const list = backlogWord(pool);
  const block = peek(words, list);
  const at = heapWordAt(block);
  const sent = peek(words, at + SENT) + count;
  poke(words, at + SENT, sent);
  const size = peek(words, at + BYTES);
  if (sent < size) return;
  Atomics.store(words, list, peek(words, at + NEXT));
  free(memory, block, HEAD_BYTES + size);
}
