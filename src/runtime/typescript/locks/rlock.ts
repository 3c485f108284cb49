import { ObjectKind } from '../../../abi/objects.ts';
import { Operation, Outcome } from '../../../abi/record.ts';
import { acquire, depthOf, release } from '../../../sync/rlock.ts';
import { current } from '../current.ts';
import { AssertionError } from '../errors.ts';
import { Handle, SEND } from '../handle.ts';
import { createObject, logCall, logDone, loggedTicks, outcomeOf, timeoutTicks } from '../operation.ts';
import { receives } from '../codec/receivers.ts';

/** `multiprocessing.RLock`: a lock that its holder may take again, and must release as often. Nobody else may release it. */
export class RLock extends Handle {
  constructor() {
    super(() => createObject(ObjectKind.RLOCK));
  }

  /**
   * Takes the lock, or takes it once more. `blocking` false: only if nobody else holds it; `timeout`: waits for at most so
   * many seconds.
   * @returns whether it was taken
   */
  acquire(blocking = true, timeout: number | null = null): boolean {
    const { port } = current();
    const ticks = blocking ? timeoutTicks(timeout) : 0;
    port.step();
    logCall(port, Operation.ACQUIRE, this.object, loggedTicks(ticks));
    const taken = acquire(port, this.object, ticks);
    const depth = taken ? depthOf(port, this.object) : 0;
    logDone(port, Operation.ACQUIRE, this.object, outcomeOf(taken, ticks > 0), depth);
    return taken;
  }

  /** Undoes one acquire; the last one frees the lock. @throws AssertionError when somebody else, or nobody, holds it. */
  release(): void {
    const { port } = current();
    port.step();
    logCall(port, Operation.RELEASE, this.object);
    const depth = release(port, this.object);
    logDone(port, Operation.RELEASE, this.object, depth < 0 ? Outcome.ERROR : Outcome.OK, Math.max(0, depth));
    if (depth < 0) throw this.notOwned();
  }

  protected notOwned(): Error {
    return new AssertionError('attempt to release recursive lock not owned by thread');
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    return ['RLock', this.object];
  }
}

receives('RLock', (object) => Handle.receive(object, () => new RLock()));
