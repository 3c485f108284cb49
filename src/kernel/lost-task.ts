import { asObjectId, asTextRef, NO_OBJECT, type ObjectId } from '../base/ids.ts';
import { objectAt, TEXTS_AT } from '../abi/layout.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { ObjectKind, ObjectWord } from '../abi/objects.ts';
import { PoolPhase, PoolWord, ResultWord } from '../abi/pool-row.ts';
import { readText } from '../abi/text.ts';
import type { Machine } from './machine.ts';

/**
 * Why nobody will ever have what somebody waits for: as in CPython a pool's task is lost with the worker that was at it, and
 * with a pool that is terminated, and who asked for its result waits for ever. In a deadlock that must be seen.
 * Null: the object is neither a result nor a pool, or nothing is lost. Precondition: nobody can go on.
 */
export function whyLost({ words, memory }: Machine, object: ObjectId): string | null {
  const state = (row: ObjectId, word: number): number => Atomics.load(words, stateWordOf(row, word));
  const kind = Atomics.load(words, objectAt(object) + ObjectWord.KIND);
  if (kind !== ObjectKind.RESULT && kind !== ObjectKind.POOL) return null;
  const isResult = kind === ObjectKind.RESULT;
  const worker = asObjectId(state(object, isResult ? ResultWord.LOST : PoolWord.LOST));
  if (worker !== NO_OBJECT) {
    const name = readText(
      memory.bytes,
      TEXTS_AT * 4,
      asTextRef(Atomics.load(words, objectAt(worker) + ObjectWord.NAME)),
    );
    return `a task of it was lost when ${name} ended`;
  }
  const pool = isResult ? asObjectId(state(object, ResultWord.POOL)) : object;
  return isResult && state(pool, PoolWord.PHASE) === PoolPhase.TERMINATED ? 'its pool was terminated' : null;
}
