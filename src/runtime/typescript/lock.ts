import { ObjectKind } from '../../abi/objects.ts';
import { current } from './current.ts';
import { ValueError } from './errors.ts';
import { Handle, SEND } from './handle.ts';
import { createObject, timeoutTicks } from './operation.ts';
import { giveLock, takeLock } from './parts.ts';

/** `multiprocessing.Lock`: one holder at a time; whoever comes later waits. Any process may release it. */
export class Lock extends Handle {
  constructor() {
    super(() => createObject(ObjectKind.LOCK));
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
