import type { ObjectId } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { allocate, free, heapByteAt, heapWordAt } from '../abi/heap.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { ResultWord } from '../abi/pool-row.ts';
import { BlockReason } from '../abi/record.ts';
import { WaitResult } from '../abi/slot.ts';
import { peek, poke } from '../abi/words.ts';
import type { Port } from './port.ts';

/**
 * What a pool's tasks give: one part for each task, left by the pool's handler for those who asked.
 *
 *   word STATE      PENDING → DONE or FAILED      the handler, once, when all parts are there and the callback has run
 *   word AVAILABLE  + 1                           the handler: parts that can be taken one after the other
 *   word TOTAL      how many parts there will be
 *   word ARRIVED    + 1                           the handler: parts that are there, in whatever order
 *   word TABLE      heap block: two words a part, its block and its bytes
 *   word FORM       bits of `Form`
 *   word FAILURE    place of the first part that arrived and failed, + 1; 0 = none
 *   word POOL       row of the pool
 *   words CALLBACK, ERROR_CALLBACK   which function of the program, + 1; 0 = none
 *   word LOST       row of a worker that died while it did one of the tasks, 0 = none: then nobody will ever settle it
 *   word TASK       number of the first task
 *
 * Zeroed by the object table when the row is taken, then `initialise` by the creator; STATE, ResultWord.AVAILABLE, ResultWord.ARRIVED, ResultWord.FAILURE, LOST
 * and the table are the handler's from then on, so nothing must be held. No wake-up is lost: STATE changes once and AVAILABLE
 * only grows, a waiter waits for the value it has seen to change, and the wake follows the change. The table is written
 * before the word that publishes it.
 */
export const Form = {
  /** Each part is a list of values, not one value. */
  LISTS: 1,
  /** Parts are kept in the order in which they arrive, not by their number. */
  UNORDERED: 2,
} as const;

const PENDING = 0;
const DONE = 1;
const FAILED = 2;

const PART_BYTES = 8;
/** In a part's BYTES: it failed. The bits below say how many bytes. */
const FAILED_BIT = 1 << 30;
/** A part for which the heap had no room. */
const NO_ROOM = -1;

export interface ResultPlan {
  readonly pool: ObjectId;
  readonly total: number;
  /** Bits of `Form`. */
  readonly form: number;
  readonly callback: number;
  readonly errorCallback: number;
  readonly task: number;
}

/** One part, as it was delivered; `bytes` null: the heap had no room for it. */
export interface Part {
  readonly succeeded: boolean;
  readonly bytes: Uint8Array<SharedArrayBuffer> | null;
}

function load(port: Port, result: ObjectId, word: number): number {
  return Atomics.load(port.memory.words, stateWordOf(result, word));
}

/** Precondition: the row is new. False = the heap has no room. */
export function initialise(port: Port, result: ObjectId, plan: ResultPlan): boolean {
  const { words } = port.memory;
  const table = allocate(port.memory, plan.total * PART_BYTES);
  if (table === 0) return false;
  words.fill(0, heapWordAt(table), heapWordAt(table) + plan.total * 2);
  poke(words, stateWordOf(result, ResultWord.TOTAL), plan.total);
  poke(words, stateWordOf(result, ResultWord.TABLE), table);
  poke(words, stateWordOf(result, ResultWord.FORM), plan.form);
  poke(words, stateWordOf(result, ResultWord.POOL), plan.pool);
  poke(words, stateWordOf(result, ResultWord.CALLBACK), plan.callback);
  poke(words, stateWordOf(result, ResultWord.ERROR_CALLBACK), plan.errorCallback);
  poke(words, stateWordOf(result, ResultWord.TASK), plan.task);
  Atomics.store(words, stateWordOf(result, ResultWord.STATE), plan.total === 0 ? DONE : PENDING);
  return true;
}

export const totalOf = (port: Port, result: ObjectId): number => load(port, result, ResultWord.TOTAL);
export const firstTaskOf = (port: Port, result: ObjectId): number => load(port, result, ResultWord.TASK);
/** Each part is a list of values. */
export const hasLists = (port: Port, result: ObjectId): boolean =>
  (load(port, result, ResultWord.FORM) & Form.LISTS) !== 0;
export const isSettled = (port: Port, result: ObjectId): boolean => load(port, result, ResultWord.STATE) !== PENDING;
export const hasSucceeded = (port: Port, result: ObjectId): boolean => load(port, result, ResultWord.STATE) === DONE;
export const hasFailure = (port: Port, result: ObjectId): boolean => load(port, result, ResultWord.FAILURE) !== 0;

/** Which function of the program is to be told, + 1; 0 = none. Precondition: all parts are there. */
export function callbackOf(port: Port, result: ObjectId): number {
  return load(port, result, hasFailure(port, result) ? ResultWord.ERROR_CALLBACK : ResultWord.CALLBACK);
}

/** A worker died while it did one of the tasks. */
export function markLost(port: Port, result: ObjectId, worker: ObjectId): void {
  Atomics.store(port.memory.words, stateWordOf(result, ResultWord.LOST), worker);
}

/** The handler leaves a part; true = it was the last one. */
export function deliver(port: Port, result: ObjectId, index: number, succeeded: boolean, bytes: Uint8Array): boolean {
  const { words } = port.memory;
  const arrived = load(port, result, ResultWord.ARRIVED);
  const place = (load(port, result, ResultWord.FORM) & Form.UNORDERED) === 0 ? index : arrived;
  store(port, result, place, succeeded, bytes);
  if (!succeeded && !hasFailure(port, result)) Atomics.store(words, stateWordOf(result, ResultWord.FAILURE), place + 1);
  Atomics.store(words, stateWordOf(result, ResultWord.ARRIVED), arrived + 1);
  const total = totalOf(port, result);
  const before = load(port, result, ResultWord.AVAILABLE);
  let available = before;
  while (available < total && peek(words, entryAt(port, result, available)) !== 0) available += 1;
  if (available > before) {
    Atomics.store(words, stateWordOf(result, ResultWord.AVAILABLE), available);
    port.wake(stateWordOf(result, ResultWord.AVAILABLE), -1, result);
  }
  return arrived + 1 === total;
}

/** The handler says that all is done: whoever waits for the whole goes on. */
export function settle(port: Port, result: ObjectId): void {
  const { words } = port.memory;
  Atomics.store(words, stateWordOf(result, ResultWord.STATE), hasFailure(port, result) ? FAILED : DONE);
  port.wake(stateWordOf(result, ResultWord.STATE), -1, result);
}

/** Waits for the whole, for at most `ticks`; false = time is up. */
export function waitUntilSettled(port: Port, result: ObjectId, ticks: Ticks): boolean {
  return waitWhile(port, result, ResultWord.STATE, PENDING, ticks);
}

/** Waits until more than `taken` parts can be taken, for at most `ticks`; false = time is up. */
export function waitForPart(port: Port, result: ObjectId, taken: number, ticks: Ticks): boolean {
  return waitWhile(port, result, ResultWord.AVAILABLE, taken, ticks);
}

/** A part, where it lies. Precondition: it is available, or the whole is settled; it was not taken. */
export function partOf(port: Port, result: ObjectId, place: number): Part {
  const { words, bytes } = port.memory;
  const entry = entryAt(port, result, place);
  const [block, size] = [peek(words, entry), peek(words, entry + 1)];
  const succeeded = (size & FAILED_BIT) === 0;
  if (block === NO_ROOM) return { succeeded, bytes: null };
  const at = heapByteAt(block);
  return { succeeded, bytes: bytes.subarray(at, at + (size & ~FAILED_BIT)) };
}

/** The part that failed first. Precondition: `hasFailure`. */
export function failureOf(port: Port, result: ObjectId): Part {
  return partOf(port, result, load(port, result, ResultWord.FAILURE) - 1);
}

/** Gives a part's memory back; nobody reads it again. */
export function discardPart(port: Port, result: ObjectId, place: number): void {
  const { words } = port.memory;
  const entry = entryAt(port, result, place);
  const block = peek(words, entry);
  if (block > 0) free(port.memory, block, peek(words, entry + 1) & ~FAILED_BIT);
  poke(words, entry, NO_ROOM);
}

/** Gives all its memory back. Precondition: settled, and nobody asks for a part again. */
export function discard(port: Port, result: ObjectId): void {
  const total = totalOf(port, result);
  for (let place = 0; place < total; place += 1) discardPart(port, result, place);
  free(port.memory, load(port, result, ResultWord.TABLE), total * PART_BYTES);
}

function entryAt(port: Port, result: ObjectId, place: number): number {
  return heapWordAt(load(port, result, ResultWord.TABLE)) + place * 2;
}

function store(port: Port, result: ObjectId, place: number, succeeded: boolean, bytes: Uint8Array): void {
  const { memory } = port;
  const block = allocate(memory, bytes.length);
  if (block !== 0) memory.bytes.set(bytes, heapByteAt(block));
  const entry = entryAt(port, result, place);
  poke(memory.words, entry, block === 0 ? NO_ROOM : block);
  poke(memory.words, entry + 1, bytes.length | (succeeded ? 0 : FAILED_BIT));
}

function waitWhile(port: Port, result: ObjectId, word: number, expected: number, ticks: Ticks): boolean {
  const deadline = port.now() + ticks;
  while (load(port, result, word) === expected) {
    const left = deadline - port.now();
    if (left <= 0) return false;
    const woken = port.wait(stateWordOf(result, word), expected, left, result, BlockReason.RESULT);
    if (woken === WaitResult.TIMED_OUT) return load(port, result, word) !== expected;
  }
  return true;
}
