import { ObjectKind } from '../../abi/objects.ts';
import { Operation, Outcome } from '../../abi/record.ts';
import { acquire, makeFair, release, tryAcquire } from '../../sync/lock.ts';
import { current } from './current.ts';
import { ValueError } from './errors.ts';
import { Handle, SEND } from './handle.ts';
import { createObject, logCall, logDone, loggedTicks, outcomeOf, timeoutTicks } from './operation.ts';

export interface LockOptions {
  /** A release hands the lock to whoever has waited longest, and nobody who comes by can take it first. CPython has no such lock. */
  readonly fair?: boolean;
}

/** `multiprocessing.Lock`: one holder at a time; whoever comes later waits. Any process may release it. */
export class Lock extends Handle {
  constructor({ fair = false }: LockOptions = {}) {
    super(() =>
      createObject(ObjectKind.LOCK, (port, object) => {
        if (fair) makeFair(port, object);
        return [0, Number(fair)];
      }),
    );
  }

  /**
   * Takes the lock. `blocking` false: only if it is free; `timeout`: for at most so many seconds.
   * @returns whether it was taken
   */
  acquire(blocking = true, timeout: number | null = null): boolean {
    const { port } = current();
    const ticks = blocking ? timeoutTicks(timeout) : 0;
    port.step();
    if (tryAcquire(port, this.object)) {
      logDone(port, Operation.ACQUIRE, this.object, Outcome.OK);
      return true;
    }
    logCall(port, Operation.ACQUIRE, this.object, loggedTicks(ticks));
    const taken = acquire(port, this.object, ticks);
    logDone(port, Operation.ACQUIRE, this.object, outcomeOf(taken, ticks > 0));
    return taken;
  }

  /** Gives the lock back and wakes the process that has waited longest. @throws ValueError when nobody holds it. */
  release(): void {
    const { port } = current();
    port.step();
    const held = release(port, this.object);
    logDone(port, Operation.RELEASE, this.object, held ? Outcome.OK : Outcome.ERROR);
    if (!held) throw this.releasedTooOften();
  }

  protected releasedTooOften(): Error {
    return new ValueError('semaphore or lock released too many times');
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    return ['Lock', this.object];
  }
}
