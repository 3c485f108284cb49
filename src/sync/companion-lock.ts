import { asObjectId, NO_OBJECT, type ObjectId } from '../base/ids.ts';
import { enterGuard, leaveGuard } from '../abi/guard.ts';
import { objectAt, type Memory } from '../abi/layout.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { ObjectKind, ObjectWord } from '../abi/objects.ts';
import { peek } from '../abi/words.ts';
import * as lock from './lock.ts';
import { FOREVER, type Port } from './port.ts';
import * as rlock from './rlock.ts';

/**
 * The lock that goes with a shared variable or array: whoever holds it has the variable to itself, because every access
 * takes it for a moment, as in CPython's `sharedctypes`. Two words of the variable's row:
 *
 *   word LOCK         0 → lock                       by the first who asks for it, in any process
 *                     given lock, or −1 = none ever  by the creator, before anybody else knows the row
 *   word GUARD        (abi/guard.ts) two who ask first at the same time make one lock. Safe to abandon
 *
 * Zeroed by the object table when the row is taken. As long as nobody has asked for the lock nobody can hold it, so an access
 * need not take what is not there: a variable whose lock is never used is drawn without one.
 */
const LOCK = 2;
const GUARD = 3;
const WITHOUT = -1;

/** Precondition: the row is new. `chosen` null: the variable shall have no lock. */
export function initialise({ words }: Memory, owner: ObjectId, chosen: ObjectId | null): void {
  Atomics.store(words, stateWordOf(owner, LOCK), chosen ?? WITHOUT);
}

/** NO_OBJECT: nobody has asked for it yet; null: it has none. */
export function lockOf({ words }: Memory, owner: ObjectId): ObjectId | null {
  const found = Atomics.load(words, stateWordOf(owner, LOCK));
  return found === WITHOUT ? null : asObjectId(found);
}

/** Its lock, which `create` makes if nobody has asked for it before. Precondition: it is not one without. */
export function demandLock({ words }: Memory, owner: ObjectId, create: () => ObjectId): ObjectId {
  const guard = stateWordOf(owner, GUARD);
  enterGuard(words, guard);
  try {
    const word = stateWordOf(owner, LOCK);
    if (Atomics.load(words, word) === NO_OBJECT) Atomics.store(words, word, create());
    return asObjectId(Atomics.load(words, word));
  } finally {
    leaveGuard(words, guard);
  }
}

export function isRecursive({ words }: Memory, id: ObjectId): boolean {
  return peek(words, objectAt(id) + ObjectWord.KIND) === ObjectKind.RLOCK;
}

/** Takes the lock if that needs no waiting. */
export function tryAcquire(port: Port, id: ObjectId): boolean {
  return isRecursive(port.memory, id) ? rlock.acquire(port, id, 0) : lock.tryAcquire(port, id);
}

export function acquire(port: Port, id: ObjectId): void {
  if (isRecursive(port.memory, id)) rlock.acquire(port, id, FOREVER);
  else lock.acquire(port, id, FOREVER);
}

/** Gives it back; returns how deep it is still held. */
export function release(port: Port, id: ObjectId): number {
  if (isRecursive(port.memory, id)) return rlock.release(port, id);
  lock.release(port, id);
  return 0;
}
