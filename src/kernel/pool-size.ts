import { asObjectId, NO_TID, type ObjectId } from '../base/ids.ts';
import { Control } from '../abi/control.ts';
import { objectAt } from '../abi/layout.ts';
import { MAX_OBJECTS } from '../abi/limits.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { ObjectKind, ObjectWord } from '../abi/objects.ts';
import { PoolWord } from '../abi/pool-row.ts';
import { InputKind } from '../abi/record.ts';
import { peek } from '../abi/words.ts';
import type { Machine } from './machine.ts';
import { wakeAll } from './transitions.ts';

/**
 * The size of the program's pool, changed from outside. The pool itself grows and shrinks (`runtime`): the kernel stores in
 * its row how many workers it should have, rings its bell, and wakes who waits for that.
 *
 *   word SIZE   workers wanted       word BELL   1 more for each change
 *
 * No change is lost: who waits on the bell compares it with what he saw before he read the size, and the size is stored
 * before the bell is rung.
 */

/** The program's first pool; null: it has none. */
function poolOf({ words }: Machine): ObjectId | null {
  const used = Math.min(Atomics.load(words, Control.OBJECT_HEAD), MAX_OBJECTS - 1);
  for (let object = 1; object <= used; object += 1) {
    if (peek(words, objectAt(object) + ObjectWord.KIND) === ObjectKind.POOL) return asObjectId(object);
  }
  return null;
}

/** @throws Error when there is nothing that could be resized. */
export function refuseWithoutPool(machine: Machine): void {
  if (poolOf(machine) === null) throw new Error('the program has no pool; wait until it has made one');
}

/** Records the input, as all inputs are, and tells the pool, if there is one. */
export function resizePool(machine: Machine, size: number): void {
  const { words } = machine;
  machine.log.input(InputKind.POOL, size, 0);
  const pool = poolOf(machine);
  if (pool === null) return;
  const bell = stateWordOf(pool, PoolWord.BELL);
  Atomics.store(words, stateWordOf(pool, PoolWord.SIZE), size);
  Atomics.add(words, bell, 1);
  wakeAll(machine, bell, NO_TID);
}
