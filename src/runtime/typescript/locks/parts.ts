import type { ObjectId } from '../../../base/ids.ts';
import type { Ticks } from '../../../base/units.ts';
import { Operation, Outcome } from '../../../abi/record.ts';
import { acquire, release, tryAcquire } from '../../../sync/lock.ts';
import * as rlock from '../../../sync/rlock.ts';
import * as semaphore from '../../../sync/semaphore.ts';
import { FOREVER, type Port } from '../../../sync/port.ts';
import { HostReset } from '../../host-reset.ts';
import { logCall, logDone, loggedTicks, outcomeOf } from '../operation.ts';

/**
 * Operations on what an object is made of: logged as those of the program, but within the step that the operation on the whole
 * has begun.
 */

/** Takes a lock, waiting for at most `ticks`. A call that is done at once has only its end in the log. */
export function takeLock(port: Port, lock: ObjectId, ticks: Ticks = FOREVER): boolean {
  if (tryAcquire(port, lock)) {
    logDone(port, Operation.ACQUIRE, lock, Outcome.OK);
    return true;
  }
  logCall(port, Operation.ACQUIRE, lock, loggedTicks(ticks));
  const taken = acquire(port, lock, ticks);
  logDone(port, Operation.ACQUIRE, lock, outcomeOf(taken, ticks > 0));
  return taken;
}

/** False: nobody held it. */
export function giveLock(port: Port, lock: ObjectId): boolean {
  const held = release(port, lock);
  logDone(port, Operation.RELEASE, lock, held ? Outcome.OK : Outcome.ERROR);
  return held;
}

/** Does something under a lock that is held already, and gives it back: but whoever is told to stop goes with the lock. */
export function thenGive<T>(port: Port, lock: ObjectId, action: () => T): T {
  let result: T;
  try {
    result = action();
  } catch (error) {
    if (!(error instanceof HostReset)) giveLock(port, lock);
    throw error;
  }
  giveLock(port, lock);
  return result;
}

/** Does something under a recursive lock. */
export function underRLock<T>(port: Port, lock: ObjectId, action: () => T): T {
  if (!rlock.acquire(port, lock, 0)) {
    logCall(port, Operation.ACQUIRE, lock, -1);
    rlock.acquire(port, lock, FOREVER);
  }
  logDone(port, Operation.ACQUIRE, lock, Outcome.OK, rlock.depthOf(port, lock));
  const result = action();
  logDone(port, Operation.RELEASE, lock, Outcome.OK, rlock.release(port, lock));
  return result;
}

/** Takes a place of a semaphore, waiting for at most `ticks`. */
export function takePlace(port: Port, places: ObjectId, ticks: Ticks): boolean {
  const atOnce = semaphore.tryAcquire(port, places);
  if (!atOnce) logCall(port, Operation.ACQUIRE, places, loggedTicks(ticks));
  const taken = atOnce || semaphore.acquire(port, places, ticks);
  logDone(port, Operation.ACQUIRE, places, outcomeOf(taken, ticks > 0), semaphore.countOf(port, places));
  return taken;
}

/** Gives a place back, if not all are. */
export function givePlace(port: Port, places: ObjectId): void {
  const given = semaphore.release(port, places);
  logDone(port, Operation.RELEASE, places, given ? Outcome.OK : Outcome.ERROR, semaphore.countOf(port, places));
}
