import { ObjectKind } from '../../../abi/objects.ts';
import { makeFair } from '../../../sync/lock.ts';
import { current } from '../current.ts';
import { ValueError } from '../errors.ts';
import { Handle, SEND } from '../handle.ts';
import { createObject, timeoutTicks } from '../operation.ts';
import { giveLock, takeLock } from './parts.ts';
import { receives } from '../codec/receivers.ts';

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
    return takeLock(port, this.object, ticks);
  }

  /** Gives the lock back and wakes the process that has waited longest. @throws ValueError when nobody holds it. */
  release(): void {
    const { port } = current();
    port.step();
    if (!giveLock(port, this.object)) throw this.releasedTooOften();
  }

  protected releasedTooOften(): Error {
    return new ValueError('semaphore or lock released too many times');
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    return ['Lock', this.object];
  }
}

receives('Lock', (object) => Handle.receive(object, () => new Lock()));
