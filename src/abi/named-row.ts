import { asObjectId, NO_OBJECT, type ObjectId } from '../base/ids.ts';
import { Control } from './control.ts';
import { objectAt, type Memory } from './layout.ts';
import { MAX_OBJECTS } from './limits.ts';
import { stateWordOf } from './object-table.ts';
import { ObjectKind, ObjectWord } from './objects.ts';
import { appendText, textIn } from './text.ts';
import { peek } from './words.ts';

/**
 * Names by which processes find what nobody has handed to them: semaphores by `sem_open`, listening sockets by their address. They are
 * not the names that programs give their variables (`ObjectWord.NAME`).
 *
 *   word HASH   of the name; 0 = it has none (any more)
 *   word TEXT   the name
 *
 * The last two words of the rows of these kinds, which need them for nothing else. Written by whoever gives or takes the name.
 */
const HASH = 10;
const TEXT = 11;

const NAMED_KINDS: ReadonlySet<number> = new Set([
  ObjectKind.LOCK,
  ObjectKind.RLOCK,
  ObjectKind.SEMAPHORE,
  ObjectKind.BOUNDED_SEMAPHORE,
  ObjectKind.PIPE,
]);

/** FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo), never 0. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return hash === 0 ? 1 : hash;
}

/** Precondition: the row is of one of the kinds above, and nothing has the name. */
export function giveName(memory: Memory, object: ObjectId, name: string): void {
  Atomics.store(memory.words, stateWordOf(object, TEXT), appendText(memory, name));
  Atomics.store(memory.words, stateWordOf(object, HASH), hashOf(name));
}

export function takeName({ words }: Memory, object: ObjectId): void {
  Atomics.store(words, stateWordOf(object, HASH), 0);
}

/** Whether it is, or was, called so: whoever has had its row knows it still, after the name was taken. */
export function wasNamed(memory: Memory, object: ObjectId, name: string): boolean {
  const { words } = memory;
  if (object <= 0 || object >= MAX_OBJECTS || !NAMED_KINDS.has(peek(words, objectAt(object) + ObjectWord.KIND)))
    return false;
  const text = Atomics.load(words, stateWordOf(object, TEXT));
  return text !== 0 && textIn(memory, text) === name;
}

/** Whether this is what is called so. */
export function isNamed(memory: Memory, object: ObjectId, name: string): boolean {
  return Atomics.load(memory.words, stateWordOf(object, HASH)) === hashOf(name) && wasNamed(memory, object, name);
}

/** What is called so; NO_OBJECT: nothing is. */
export function findNamed(memory: Memory, name: string): ObjectId {
  const { words } = memory;
  const hash = hashOf(name);
  const last = Math.min(Atomics.load(words, Control.OBJECT_HEAD), MAX_OBJECTS - 1);
  for (let row = 1; row <= last; row += 1) {
    const object = asObjectId(row);
    if (Atomics.load(words, stateWordOf(object, HASH)) === hash && isNamed(memory, object, name)) return object;
  }
  return NO_OBJECT;
}
