import type { ObjectId } from '../base/ids.ts';
import { allocate, heapWordAt } from '../abi/heap.ts';
import { stateWordOf } from '../abi/object-table.ts';
import type { TypeCode } from '../abi/objects.ts';
import { peek, poke } from '../abi/words.ts';
import type { Port } from './port.ts';
import { loadWord, storeWord } from './value.ts';

/**
 * Shared variables in a row: a block of the heap, one word for each element ('i') or two ('d').
 *
 *   word AT           where in the heap the elements lie; written once, by the creator
 *   word LENGTH       how many there are; written once, by the creator
 *   words 2–3         its lock's (companion-lock.ts)
 *
 * Zeroed by the object table, then `initialise` by its creator before anybody else knows the row. The block is the array's to
 * the end of the run. Each load and each store of an element is atomic, as of a variable (value.ts), and nothing more is.
 */
const AT = 0;
const LENGTH = 1;

const wordsEach = (code: TypeCode): number => (code === 'd' ? 2 : 1);

/** Bytes in the heap that so many elements take. */
function bytesOf(code: TypeCode, length: number): number {
  return length * wordsEach(code) * 4;
}

/** All elements are 0. False = the heap has no room. Precondition: the row is new. */
export function initialise(port: Port, array: ObjectId, code: TypeCode, length: number): boolean {
  const { memory } = port;
  const at = allocate(memory, bytesOf(code, length));
  if (at === 0) return false;
  const first = heapWordAt(at);
  memory.words.fill(0, first, first + length * wordsEach(code));
  poke(memory.words, stateWordOf(array, AT), at);
  poke(memory.words, stateWordOf(array, LENGTH), length);
  return true;
}

export function lengthOf(port: Port, array: ObjectId): number {
  return peek(port.memory.words, stateWordOf(array, LENGTH));
}

/** Precondition: 0 ≤ index < length. */
function elementWord(port: Port, array: ObjectId, code: TypeCode, index: number): number {
  return heapWordAt(peek(port.memory.words, stateWordOf(array, AT))) + index * wordsEach(code);
}

/** Precondition: 0 ≤ index < length. */
export function load(port: Port, array: ObjectId, code: TypeCode, index: number): number {
  return loadWord(port.memory, elementWord(port, array, code, index), code);
}

/** 'i' keeps the low 32 bits. Precondition: 0 ≤ index < length. */
export function store(port: Port, array: ObjectId, code: TypeCode, index: number, value: number): void {
  storeWord(port.memory, elementWord(port, array, code, index), code, value);
}
