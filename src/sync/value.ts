import type { ObjectId } from '../base/ids.ts';
import { stateWordOf } from '../abi/object-table.ts';
import type { TypeCode } from '../abi/objects.ts';
import type { Memory } from '../abi/layout.ts';
import type { Port } from './port.ts';

/**
 * A shared variable: STATE 0 holds an int32 ('i'), or STATE 0–1 a double ('d'); STATE 2–3 are its lock's
 * (companion-lock.ts). Zeroed by the object table, then initialised by its creator before anybody else knows the row.
 *
 * One load or one store is atomic; a load followed by a store is not, and is not meant to be. Doubles go through 64-bit
 * atomics, because a plain Float64Array may tear on shared memory.
 */
const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);
const views = new WeakMap<SharedArrayBuffer, BigInt64Array<SharedArrayBuffer>>();

function doubles(memory: Memory): BigInt64Array<SharedArrayBuffer> {
  let view = views.get(memory.buffer);
  if (view === undefined) {
    view = new BigInt64Array(memory.buffer);
    views.set(memory.buffer, view);
  }
  return view;
}

/** What lies at a word of shared memory. Precondition: for 'd' the word's index is even. */
export function loadWord(memory: Memory, word: number, code: TypeCode): number {
  if (code === 'i') return Atomics.load(memory.words, word);
  bits[0] = Atomics.load(doubles(memory), word >> 1);
  return double[0] as number;
}

/** 'i' keeps the low 32 bits, as C's `int` does. Precondition as of `loadWord`. */
export function storeWord(memory: Memory, word: number, code: TypeCode, value: number): void {
  if (code === 'i') {
    Atomics.store(memory.words, word, value);
    return;
  }
  double[0] = value;
  Atomics.store(doubles(memory), word >> 1, bits[0] as bigint);
}

export function load(port: Port, variable: ObjectId, code: TypeCode): number {
  return loadWord(port.memory, stateWordOf(variable), code);
}

export function store(port: Port, variable: ObjectId, code: TypeCode, value: number): void {
  storeWord(port.memory, stateWordOf(variable), code, value);
}

/** Adds to a variable of code 'i' in one indivisible action; returns the old value. Programs have no such operation. */
export function addAtomically(port: Port, variable: ObjectId, amount: number): number {
  return Atomics.add(port.memory.words, stateWordOf(variable), amount);
}
