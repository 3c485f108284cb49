import type { ObjectId } from '../../../base/ids.ts';
import { Operation, Outcome } from '../../../abi/record.ts';
import { discard, hasLists, hasSucceeded, isSettled, waitUntilSettled } from '../../../sync/result.ts';
import { current } from '../current.ts';
import { TimeoutError, ValueError } from '../errors.ts';
import { SEND, type Sendable } from '../handle.ts';
import { logCall, logDone, loggedTicks, outcomeOf, timeoutTicks } from '../operation.ts';
import { refuseOutside } from '../codec/parcel.ts';
import { readFate, type Fate } from './result-value.ts';
import { receives } from '../codec/receivers.ts';

/** `multiprocessing.pool.AsyncResult`: what a pool will have done. */
export class AsyncResult<T> implements Sendable {
  readonly #object: ObjectId;
  /** Read once: `get` returns the same object each time. */
  #fate: Fate | null = null;

  /** For the pool. */
  constructor(object: ObjectId) {
    this.#object = object;
  }

  /** For the pool, when nobody else has the result: as `get`, and its memory is given back. */
  static take<T>(result: AsyncResult<T>): T {
    result.#wait(Operation.GET, null);
    const { port } = current();
    const fate = readFate(port, result.#object);
    discard(port, result.#object);
    if ('error' in fate) throw fate.error;
    return fate.value as T;
  }

  /**
   * Waits until it is done, for at most `timeout` seconds, and returns what the function returned.
   * @throws TimeoutError when time is up; what the function threw
   */
  get(timeout: number | null = null): T {
    if (!this.#wait(Operation.GET, timeout)) throw new TimeoutError('');
    this.#fate ??= readFate(current().port, this.#object);
    if ('error' in this.#fate) throw this.#fate.error;
    return this.#fate.value as T;
  }

  /** Waits until it is done, for at most `timeout` seconds. */
  wait(timeout: number | null = null): void {
    this.#wait(Operation.WAIT, timeout);
  }

  /** Whether it is done. */
  ready(): boolean {
    const { port } = current();
    port.step();
    const settled = isSettled(port, this.#object);
    logDone(port, Operation.IS_SET, this.#object, settled ? Outcome.OK : Outcome.FALSE);
    return settled;
  }

  /** Whether it was done without an error. @throws ValueError when it is not done. */
  successful(): boolean {
    if (!this.ready()) throw new ValueError(`${String(this)} not ready`);
    return hasSucceeded(current().port, this.#object);
  }

  /** @throws TypeError when it would leave the process */
  [SEND](): readonly [kind: string, ...details: unknown[]] {
    refuseOutside('_thread.lock');
    return ['AsyncResult', this.#object];
  }

  toString(): string {
    return `<multiprocessing.pool.${hasLists(current().port, this.#object) ? 'MapResult' : 'ApplyResult'} object>`;
  }

  #wait(operation: Operation, timeout: number | null): boolean {
    const { port } = current();
    const ticks = timeoutTicks(timeout);
    port.step();
    logCall(port, operation, this.#object, loggedTicks(ticks));
    const settled = waitUntilSettled(port, this.#object, ticks);
    logDone(port, operation, this.#object, outcomeOf(settled, true));
    return settled;
  }
}

receives('AsyncResult', (object) => new AsyncResult(object));
