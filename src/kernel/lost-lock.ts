import { asTid, type ObjectId } from '../base/ids.ts';
import { objectAt } from '../abi/layout.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { LOCK_HOLDER, ObjectKind, ObjectWord } from '../abi/objects.ts';
import { peek } from '../abi/words.ts';
import type { Machine } from './machine.ts';
import { ThreadState } from './thread.ts';

/**
 * A lock that nobody will ever release, because who held it has ended: as in CPython, where a pool's worker that is killed
 * while it waits for a task takes the lock of the tasks along. Null: it is no such lock. Precondition: nobody can go on.
 */
export function whoKeptIt({ words, table }: Machine, object: ObjectId): string | null {
  const kind = peek(words, objectAt(object) + ObjectWord.KIND);
  if (kind !== ObjectKind.LOCK && kind !== ObjectKind.RLOCK) return null;
  const holder = table.thread(asTid(peek(words, stateWordOf(object, LOCK_HOLDER))));
  return holder?.state === ThreadState.TERMINATED ? `${holder.name} has ended and not released it` : null;
}
