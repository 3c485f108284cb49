import { ObjectKind } from '../../../abi/objects.ts';
import { Operation, Outcome } from '../../../abi/record.ts';
import { begin, end, EVERYBODY, initialise, notify, sleep } from '../../../sync/condition.ts';
import { isMine, releaseAll, restore } from '../../../sync/rlock.ts';
import type { Port } from '../../../sync/port.ts';
import type { ObjectId } from '../../../base/ids.ts';
import { TICKS_PER_SECOND, type Ticks } from '../../../base/units.ts';
import { current } from '../current.ts';
import { AssertionError } from '../errors.ts';
import { Handle, SEND } from '../handle.ts';
import { Lock } from './lock.ts';
import { createObject, logCall, logDone, loggedTicks, outcomeOf, timeoutTicks } from '../operation.ts';
import { RLock } from './rlock.ts';
import { handleOf, receives } from '../codec/receivers.ts';

/** The lock of a condition that was given none: `ready.lock` if the condition is called `ready`. */
function ownLock(create: () => Lock | RLock): Lock | RLock {
  const thread = current();
  const { nameHint } = thread;
  if (nameHint !== '') thread.nameHint = `${nameHint}.lock`;
  const lock = create();
  thread.nameHint = nameHint;
  return lock;
}

function checkedLock(lock: unknown): Lock | RLock {
  if (lock instanceof Lock || lock instanceof RLock) return lock;
  throw new TypeError('the lock of a Condition must be a Lock or an RLock');
}

/**
 * `multiprocessing.Condition`: a lock, and a place to wait for news about what it protects. A waiter gives the lock back
 * while it waits, and has it again when `wait` returns; then it must look again whether what it waits for is true.
 */
export class Condition extends Handle {
  readonly #lock: Lock | RLock;

  /** @param lock which lock goes with it; an `RLock` of its own, if none is given. */
  constructor(lock: Lock | RLock | null = null) {
    const { newLock } = new.target;
    const mine = lock === null ? ownLock(newLock) : checkedLock(lock);
    super(() =>
      createObject(ObjectKind.CONDITION, (port, object) => {
        const itsLock = Handle.objectOf(mine);
        initialise(port, object, itsLock);
        return [itsLock, 0];
      }),
    );
    this.#lock = mine;
  }

  /** As the lock's. */
  acquire(blocking = true, timeout: number | null = null): boolean {
    return this.#lock.acquire(blocking, timeout);
  }

  /** As the lock's. */
  release(): void {
    this.#lock.release();
  }

  /**
   * Gives the lock back, waits until another process notifies, for at most `timeout` seconds, and takes the lock again.
   * @returns whether it was notified
   * @throws AssertionError when the caller does not hold the lock
   */
  wait(timeout: number | null = null): boolean {
    const { port } = current();
    const ticks = timeoutTicks(timeout);
    this.#begin(port, Operation.WAIT, loggedTicks(ticks), () => this.notOwned('wait'));
    return waitOn(port, this.object, Handle.objectOf(this.#lock), ticks);
  }

  /** Waits until `predicate` says so, for at most `timeout` seconds; returns what it said last. */
  waitFor<T>(predicate: () => T, timeout: number | null = null): T {
    const { port } = current();
    let said = predicate();
    const deadline: Ticks = port.now() + timeoutTicks(timeout);
    while (!said) {
      const left = (deadline - port.now()) / TICKS_PER_SECOND;
      if (left <= 0) break;
      this.wait(Number.isFinite(left) ? left : null);
      said = predicate();
    }
    return said;
  }

  /** Wakes those who have waited longest, at most `n`. @throws AssertionError when the caller does not hold the lock. */
  notify(n = 1): void {
    this.#notify(Operation.NOTIFY, n);
  }

  /** Wakes all who wait. @throws AssertionError when the caller does not hold the lock. */
  notifyAll(): void {
    this.#notify(Operation.NOTIFY_ALL, EVERYBODY);
  }

  protected notOwned(call: 'wait' | 'notify'): Error {
    return new AssertionError(call === 'wait' ? 'must acquire() condition before using wait()' : 'lock is not owned');
  }

  /** A lock of the kind that goes with it, if it is given none. */
  protected static newLock(): Lock | RLock {
    return new RLock();
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    return ['Condition', this.object, ...this.#lock[SEND]()];
  }

  #notify(operation: Operation, n: number): void {
    const { port } = current();
    this.#begin(port, operation, n === EVERYBODY ? -1 : n, () => this.notOwned('notify'));
    const notified = notify(port, this.object, n);
    logDone(port, operation, this.object, Outcome.OK, notified);
  }

  /** A call that only the lock's holder may make. */
  #begin(port: Port, operation: Operation, argument: number, complaint: () => Error): void {
    port.step();
    logCall(port, operation, this.object, argument);
    if (isMine(port, Handle.objectOf(this.#lock))) return;
    logDone(port, operation, this.object, Outcome.ERROR);
    throw complaint();
  }
}

/**
 * Gives the lock back, waits until notified, for at most `ticks`, and takes the lock again, as deep as before. Within a step.
 * Precondition: the caller holds the lock, and the call is logged. False = it was not notified.
 */
export function waitOn(port: Port, condition: ObjectId, lock: ObjectId, ticks: Ticks): boolean {
  begin(port, condition);
  logCall(port, Operation.RELEASE, lock);
  const depth = releaseAll(port, lock);
  logDone(port, Operation.RELEASE, lock, Outcome.OK, 0);
  sleep(port, condition, ticks);
  logCall(port, Operation.ACQUIRE, lock, -1);
  restore(port, lock, depth);
  logDone(port, Operation.ACQUIRE, lock, Outcome.OK, depth);
  const notified = end(port, condition);
  logDone(port, Operation.WAIT, condition, outcomeOf(notified, true));
  return notified;
}

receives('Condition', (object, details) => {
  const lock = handleOf(details) as Lock | RLock;
  return Handle.receive(object, () => new Condition(lock));
});
