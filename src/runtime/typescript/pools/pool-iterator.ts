import type { ObjectId } from '../../../base/ids.ts';
import { Operation, Outcome } from '../../../abi/record.ts';
import type { Port } from '../../../sync/port.ts';
import { discardPart, hasLists, partOf, totalOf, waitForPart } from '../../../sync/result.ts';
import { current } from '../current.ts';
import { TimeoutError } from '../errors.ts';
import { logCall, logDone, loggedTicks, timeoutTicks } from '../operation.ts';
import { readPart } from './result-value.ts';

/**
 * What `Pool.imap` and `imapUnordered` return: the results, one after the other, as soon as each is done. As in CPython, one
 * that came in chunks is over after the first error, one that came singly goes on behind it.
 */
export class PoolIterator<T> implements IterableIterator<T> {
  readonly #object: ObjectId;
  /** What is left of the chunk that was taken last. */
  #chunk: T[] = [];
  #taken = 0;

  /** For the pool. */
  constructor(object: ObjectId) {
    this.#object = object;
  }

  [Symbol.iterator](): this {
    return this;
  }

  /**
   * The next result, waiting for at most `timeout` seconds.
   * @throws TimeoutError when time is up; what the function threw
   */
  next(timeout: number | null = null): IteratorResult<T, undefined> {
    const { port } = current();
    while (this.#chunk.length === 0) {
      if (this.#taken === totalOf(port, this.#object)) return { done: true, value: undefined };
      const value = this.#take(timeout);
      if (!hasLists(port, this.#object)) return { done: false, value: value as T };
      this.#chunk = value as T[];
    }
    return { done: false, value: this.#chunk.shift() as T };
  }

  #take(timeout: number | null): unknown {
    const { port } = current();
    const ticks = timeoutTicks(timeout);
    port.step();
    logCall(port, Operation.GET, this.#object, loggedTicks(ticks));
    const there = waitForPart(port, this.#object, this.#taken, ticks);
    logDone(port, Operation.GET, this.#object, there ? Outcome.OK : Outcome.TIMED_OUT);
    if (!there) throw new TimeoutError('');
    const { succeeded, value } = this.#read(port);
    if (succeeded) return value;
    if (hasLists(port, this.#object)) this.#taken = totalOf(port, this.#object);
    throw value;
  }

  /** Precondition: the next part is there. Whatever becomes of it, it is taken. */
  #read(port: Port): { readonly succeeded: boolean; readonly value: unknown } {
    const place = this.#taken;
    const part = partOf(port, this.#object, place);
    this.#taken += 1;
    try {
      return { succeeded: part.succeeded, value: readPart(part) };
    } finally {
      discardPart(port, this.#object, place);
    }
  }
}
