import { ObjectKind } from '../../../abi/objects.ts';
import { Operation, Outcome } from '../../../abi/record.ts';
import { acquire, countOf, initialise, MAX_COUNT, release } from '../../../sync/semaphore.ts';
import { current } from '../current.ts';
import { ValueError } from '../errors.ts';
import { Handle, SEND } from '../handle.ts';
import { createObject, logCall, logDone, loggedTicks, outcomeOf, timeoutTicks } from '../operation.ts';
import { receives } from '../codec/receivers.ts';

type Kind = typeof ObjectKind.SEMAPHORE | typeof ObjectKind.BOUNDED_SEMAPHORE;

/** @throws TypeError, ValueError when a semaphore cannot begin with it. */
function checkedCount(value: unknown): number {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'number') throw new TypeError(`'${typeof value}' object cannot be interpreted as an integer`);
  if (!Number.isInteger(value)) throw new TypeError("'float' object cannot be interpreted as an integer");
  if (value < 0) throw new ValueError('semaphore initial value must be >= 0');
  if (value > MAX_COUNT) throw new ValueError(`semaphore initial value must be <= ${MAX_COUNT}`);
  return value;
}

/** `multiprocessing.Semaphore`: a counter of free places. Who finds it at 0 waits until somebody releases. */
export class Semaphore extends Handle {
  protected static readonly kind: Kind = ObjectKind.SEMAPHORE;

  constructor(value = 1) {
    const count = checkedCount(value);
    const { kind } = new.target;
    const limit = kind === ObjectKind.BOUNDED_SEMAPHORE ? count : MAX_COUNT;
    super(() =>
      createObject(kind, (port, object) => {
        initialise(port, object, count, limit);
        return [count, limit];
      }),
    );
  }

  /**
   * Takes one place: the counter falls by one. `blocking` false: only if it is above 0; `timeout`: waits for at most so
   * many seconds.
   * @returns whether a place was taken
   */
  acquire(blocking = true, timeout: number | null = null): boolean {
    const { port } = current();
    const ticks = blocking ? timeoutTicks(timeout) : 0;
    port.step();
    logCall(port, Operation.ACQUIRE, this.object, loggedTicks(ticks));
    const taken = acquire(port, this.object, ticks);
    logDone(port, Operation.ACQUIRE, this.object, outcomeOf(taken, ticks > 0), countOf(port, this.object));
    return taken;
  }

  /**
   * Gives one place back, whoever took it, and wakes the process that has waited longest.
   * @throws ValueError when the counter is as high as it may be: for a `BoundedSemaphore`, as high as it began.
   */
  release(): void {
    const { port } = current();
    port.step();
    logCall(port, Operation.RELEASE, this.object);
    const released = release(port, this.object);
    logDone(port, Operation.RELEASE, this.object, released ? Outcome.OK : Outcome.ERROR, countOf(port, this.object));
    if (!released) throw this.releasedTooOften();
  }

  /** How many could acquire now without waiting; another process may change it before the next line. */
  getValue(): number {
    const { port } = current();
    port.step();
    logCall(port, Operation.GET_VALUE, this.object);
    const count = countOf(port, this.object);
    logDone(port, Operation.GET_VALUE, this.object, Outcome.OK, count);
    return count;
  }

  protected releasedTooOften(): Error {
    return new ValueError('semaphore or lock released too many times');
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    return ['Semaphore', this.object];
  }
}

/** `multiprocessing.BoundedSemaphore`: a release too many is an error, which a `Semaphore` would not notice. */
export class BoundedSemaphore extends Semaphore {
  protected static override readonly kind = ObjectKind.BOUNDED_SEMAPHORE;

  override [SEND](): readonly [kind: string, ...details: unknown[]] {
    return ['BoundedSemaphore', this.object];
  }
}

receives('Semaphore', (object) => Handle.receive(object, () => new Semaphore()));
receives('BoundedSemaphore', (object) => Handle.receive(object, () => new BoundedSemaphore()));
