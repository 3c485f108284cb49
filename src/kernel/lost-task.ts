import { asObjectId, NO_OBJECT, type ObjectId } from '../base/ids.ts';
import { objectAt } from '../abi/layout.ts';
import { objectNameIn, stateWordOf } from '../abi/object-table.ts';
import { ObjectKind, ObjectWord } from '../abi/objects.ts';
import { PoolPhase, PoolWord, ResultWord } from '../abi/pool-row.ts';
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
    return `a task of it was lost when ${objectNameIn(memory, worker)} ended`;
  }
  const pool = isResult ? asObjectId(state(object, ResultWord.POOL)) : object;
  return isResult && state(pool, PoolWord.PHASE) === PoolPhase.TERMINATED ? 'its pool was terminated' : null;
}
