import { NO_TEXT, type ObjectId } from '../base/ids.ts';
import { guarded } from '../abi/guard.ts';
import { allocate, free, heapByteAt } from '../abi/heap.ts';
import type { Memory } from '../abi/layout.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { highHalf, joinDouble, lowHalf, peek, poke } from '../abi/words.ts';

/**
 * A global variable: one process has it, all its threads share it.
 *
 *   word FORM          UNSET → NUMBER or BYTES       store; never UNSET again
 *   words FIRST, SECOND   NUMBER: the halves of a double. BYTES: where they lie in the heap, and how many
 *   word TEXT          the value as it is shown, a text of the run; 0 = of a number
 *   word VERSION       + 1                           store: who has read this version has read what lies here; wraps round
 *   word GUARD         held for every reading and writing of the words above (abi/guard.ts). Whoever dies here takes its process along,
 *                      and nobody else has the variable: nothing is to be mended
 *
 * Zeroed by the object table when the row is taken; nothing must be held by callers. One load or one store is atomic; a load
 * followed by a store is not, and is not meant to be. Nobody waits for a global, so nobody is woken.
 *
 * The bytes belong to the row. A store brings its own block and takes the old one away under GUARD, under which a load copies
 * it: so nobody ever reads a block that is another's. The last blocks of a process that has ended stay where they are.
 */
const FORM = 0;
const FIRST = 1;
const SECOND = 2;
const TEXT = 3;
const VERSION = 4;
const GUARD = 5;

const Form = { UNSET: 0, NUMBER: 1, BYTES: 2 } as const;

/** What lies in a global. */
export interface Held {
  /** Null = it has no value yet. Bytes are a private copy. */
  readonly value: number | Uint8Array | null;
  readonly text: number;
  readonly version: number;
}

function underGuard<T>({ words }: Memory, variable: ObjectId, action: (at: number) => T): T {
  const at = stateWordOf(variable);
  return guarded(words, at + GUARD, () => action(at));
}

/** `known`: the version that the caller has; if it is still that, the value is not looked at, and the answer null. */
export function load(memory: Memory, variable: ObjectId, known: number | null): Held | null {
  const { words } = memory;
  return underGuard(memory, variable, (at) => {
    const version = peek(words, at + VERSION);
    if (version === known) return null;
    return { value: valueAt(memory, at), text: peek(words, at + TEXT), version };
  });
}

function valueAt({ words, bytes }: Memory, at: number): Held['value'] {
  const first = peek(words, at + FIRST);
  const second = peek(words, at + SECOND);
  switch (peek(words, at + FORM)) {
    case Form.NUMBER:
      return joinDouble(first, second);
    case Form.BYTES: {
      const from = heapByteAt(first);
      return new Uint8Array(bytes.slice(from, from + second));
    }
    default:
      return null;
  }
}

/** False = the heap is full, and nothing has changed. `text`: the value as it is shown; for a number it is ignored. */
export function store(memory: Memory, variable: ObjectId, value: number | Uint8Array, text: number): boolean {
  if (typeof value === 'number')
    return replace(memory, variable, Form.NUMBER, lowHalf(value), highHalf(value), NO_TEXT);
  const block = allocate(memory, value.length);
  if (block === 0) return false;
  memory.bytes.set(value, heapByteAt(block));
  return replace(memory, variable, Form.BYTES, block, value.length, text);
}

function replace(
  memory: Memory,
  variable: ObjectId,
  form: number,
  first: number,
  second: number,
  text: number,
): boolean {
  const { words } = memory;
  return underGuard(memory, variable, (at) => {
    if (peek(words, at + FORM) === Form.BYTES) free(memory, peek(words, at + FIRST), peek(words, at + SECOND));
    poke(words, at + FORM, form);
    poke(words, at + FIRST, first);
    poke(words, at + SECOND, second);
    poke(words, at + TEXT, text);
    poke(words, at + VERSION, peek(words, at + VERSION) + 1);
    return true;
  });
}
