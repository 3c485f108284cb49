import { ObjectKind } from '../../../abi/objects.ts';
import { Barrier as ProcessBarrier } from '../locks/barrier.ts';
import { Condition as ProcessCondition } from '../locks/condition.ts';
import { RuntimeError, ValueError } from '../errors.ts';
import { Event as ProcessEvent } from '../locks/event.ts';
import { Handle, SEND } from '../handle.ts';
import { Lock as ProcessLock } from '../locks/lock.ts';
import { RLock as ProcessRLock } from '../locks/rlock.ts';
import { Semaphore as ProcessSemaphore } from '../locks/semaphore.ts';
import { refuseOutside } from '../codec/parcel.ts';
import { handleOf, receives } from '../codec/receivers.ts';

/**
 * What programs import as `threading`: the same objects as `multiprocessing`'s, with the errors of CPython's `threading`; and
 * they stay in the process that made them.
 */
export { local } from './local.ts';
export { activeCount, currentThread, enumerate, getIdent, mainThread, Thread, type ThreadOptions } from './thread.ts';

type Sent = readonly [kind: string, ...details: unknown[]];

const LOCK = '_thread.lock';

/** What a class of `multiprocessing` sends, under the name of the class here. */
function sentWithin([kind, ...details]: Sent, what = LOCK): Sent {
  refuseOutside(what);
  return [`threading.${kind}`, ...details];
}

/** @throws ValueError as `acquire` of a lock; a time-out of −1 is none. */
function checkedTimeout(blocking: boolean, timeout: number | null): number | null {
  if (timeout === null || timeout === -1) return null;
  if (!blocking) throw new ValueError("can't specify a timeout for a non-blocking call");
  if (timeout < 0) throw new ValueError('timeout value must be a non-negative number');
  return timeout;
}

/** `threading.Lock`. */
export class Lock extends ProcessLock {
  override acquire(blocking = true, timeout: number | null = null): boolean {
    return super.acquire(blocking, checkedTimeout(blocking, timeout));
  }

  protected override releasedTooOften(): Error {
    return new RuntimeError('release unlocked lock');
  }

  override [SEND](): Sent {
    return sentWithin(super[SEND]());
  }
}

/** `threading.RLock`. */
export class RLock extends ProcessRLock {
  override acquire(blocking = true, timeout: number | null = null): boolean {
    return super.acquire(blocking, checkedTimeout(blocking, timeout));
  }

  protected override notOwned(): Error {
    return new RuntimeError('cannot release un-acquired lock');
  }

  override [SEND](): Sent {
    return sentWithin(super[SEND](), '_thread.RLock');
  }
}

/** `threading.Event`. */
export class Event extends ProcessEvent {
  override [SEND](): Sent {
    return sentWithin(super[SEND]());
  }
}

/** `threading.Semaphore`. */
export class Semaphore extends ProcessSemaphore {
  override acquire(blocking = true, timeout: number | null = null): boolean {
    if (!blocking && timeout !== null) throw new ValueError("can't specify timeout for non-blocking acquire");
    return super.acquire(blocking, timeout);
  }

  /** Gives `n` places back. */
  override release(n = 1): void {
    if (n < 1) throw new ValueError('n must be one or more');
    for (let left = n; left > 0; left -= 1) super.release();
  }

  protected override releasedTooOften(): Error {
    return new ValueError('Semaphore released too many times');
  }

  override [SEND](): Sent {
    return sentWithin(super[SEND]());
  }
}

/** `threading.BoundedSemaphore`. */
export class BoundedSemaphore extends Semaphore {
  protected static override readonly kind = ObjectKind.BOUNDED_SEMAPHORE;

  override [SEND](): Sent {
    return sentWithin(['BoundedSemaphore', this.object]);
  }
}

/** `threading.Condition`. */
export class Condition extends ProcessCondition {
  protected static override newLock(): RLock {
    return new RLock();
  }

  protected override notOwned(call: 'wait' | 'notify'): Error {
    return new RuntimeError(`cannot ${call} on un-acquired lock`);
  }

  override [SEND](): Sent {
    return sentWithin(super[SEND]());
  }
}

/** `threading.Barrier`. */
export class Barrier extends ProcessBarrier {
  override [SEND](): Sent {
    return sentWithin(super[SEND]());
  }
}

receives('threading.Lock', (object) => Handle.receive(object, () => new Lock()));
receives('threading.RLock', (object) => Handle.receive(object, () => new RLock()));
receives('threading.Event', (object) => Handle.receive(object, () => new Event()));
receives('threading.Semaphore', (object) => Handle.receive(object, () => new Semaphore()));
receives('threading.BoundedSemaphore', (object) => Handle.receive(object, () => new BoundedSemaphore()));
receives('threading.Condition', (object, details) => {
  const lock = handleOf(details) as Lock | RLock;
  return Handle.receive(object, () => new Condition(lock));
});
receives('threading.Barrier', (object, details) => {
  const [parties, action, timeout] = details as [number, string | null, number | null];
  return Handle.receive(object, () => Barrier.ofNamed(parties, action, timeout));
});
