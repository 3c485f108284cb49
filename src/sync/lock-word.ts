import type { ObjectId } from '../base/ids.ts';
import { stateWordOf } from '../abi/object-table.ts';

/** What a lock's first word says. CONTENDED: held, and others may be waiting. */
export const LockState = { FREE: 0, HELD: 1, CONTENDED: 2 } as const;

/** Index of a lock's STATE; HOLDER is the next word. */
export function lockWord(lock: ObjectId): number {
  return stateWordOf(lock);
}
