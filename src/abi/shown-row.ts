import type { ObjectId } from '../base/ids.ts';
import type { Memory } from './layout.ts';
import { stateWordOf } from './object-table.ts';
import { peek, poke } from './words.ts';

/**
 * Python engine: semaphores and pipes exist whether or not the program has made them, since CPython's library makes many for itself.
 * This word of their rows, which they need for nothing else, says that the log has an OBJECT record of it.
 */
const SHOWN = 9;

export function isShown({ words }: Memory, object: ObjectId): boolean {
  return peek(words, stateWordOf(object, SHOWN)) === 1;
}

export function markShown({ words }: Memory, object: ObjectId): void {
  poke(words, stateWordOf(object, SHOWN), 1);
}
