import type { ObjectId } from '../base/ids.ts';
import type { Memory } from './layout.ts';
import { stateWordOf } from './object-table.ts';
import { ObjectKind } from './objects.ts';
import { peek, poke } from './words.ts';

/**
 * Python engine: semaphores and pipes exist whether or not the program has made them, since CPython's library makes many for itself.
 * This word of their rows, which they need for nothing else, says as what the log has an OBJECT record of it: a bounded semaphore of one
 * place is a lock to the kernel. 0: as nothing.
 */
const SHOWN_AS = 9;

export function isShown(memory: Memory, object: ObjectId): boolean {
  return shownAs(memory, object) !== ObjectKind.NONE;
}

export function shownAs({ words }: Memory, object: ObjectId): ObjectKind {
  return peek(words, stateWordOf(object, SHOWN_AS)) as ObjectKind;
}

export function markShown({ words }: Memory, object: ObjectId, kind: ObjectKind): void {
  poke(words, stateWordOf(object, SHOWN_AS), kind);
}
