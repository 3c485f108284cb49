import { asObjectId, NO_OBJECT, type ObjectId } from '../base/ids.ts';
import { Control } from './control.ts';
import { objectAt, OBJECT_WORDS, type Memory } from './layout.ts';
import { MAX_OBJECTS } from './limits.ts';
import { ObjectWord } from './objects.ts';
import { textIn } from './text.ts';

/**
 * Takes a fresh row (all words zero) and fills KIND, NAME and OWNER. Any agent may call it: the row is reserved with
 * Atomics.add and is invisible to others until its id is handed over. Returns NO_OBJECT when the table is full.
 */
export function allocateObject(memory: Memory, kind: number, name: number, owner: number): ObjectId {
  const id = Atomics.add(memory.words, Control.OBJECT_HEAD, 1) + 1;
  if (id >= MAX_OBJECTS) return NO_OBJECT;
  const at = objectAt(id);
  memory.words[at + ObjectWord.KIND] = kind;
  memory.words[at + ObjectWord.NAME] = name;
  memory.words[at + ObjectWord.OWNER] = owner;
  return asObjectId(id);
}

/** As the program called it; '' = nothing. Precondition: the row is filled. */
export function objectNameIn(memory: Memory, object: ObjectId): string {
  return textIn(memory, Atomics.load(memory.words, objectAt(object) + ObjectWord.NAME));
}

/** Index of the `nth` word whose meaning the object's kind gives. */
export function stateWordOf(object: ObjectId, nth = 0): number {
  return objectAt(object) + ObjectWord.STATE + nth;
}

/** Zeroes all rows in use. Only between runs, while no host runs. */
export function clearObjects(memory: Memory): void {
  const used = Math.min(Atomics.load(memory.words, Control.OBJECT_HEAD) + 1, MAX_OBJECTS);
  memory.words.fill(0, objectAt(0), objectAt(0) + used * OBJECT_WORDS);
  Atomics.store(memory.words, Control.OBJECT_HEAD, 0);
}
