import type { ObjectId } from '../../../base/ids.ts';
import { ObjectKind } from '../../../abi/objects.ts';
import { Kind, Operation, Outcome } from '../../../abi/record.ts';
import { countIn, Phase, phaseOf, takeBack } from '../../../sync/pool.ts';
import type { Port } from '../../../sync/port.ts';
import { initialise, type ResultPlan } from '../../../sync/result.ts';
import { current, type Current } from '../current.ts';
import { MemoryError, PicklingError, ValueError } from '../errors.ts';
import type { Packed } from '../codec/plain-writer.ts';
import { createObject } from '../operation.ts';
import type { Chunk } from './chunks.ts';
import { handIn } from './feed.ts';
import { functionAtPlace, placeOfFunction } from './function-places.ts';
import { packPayload, TaskKind, type Task } from './pool-message.ts';
import { noted, shownTask } from './task-text.ts';
import type { Hiring } from './staff.ts';
import { passOnFaultsAndExits } from '../uncatchable.ts';

const NO_ROOM = 'the results of this run have filled the memory that its processes share';

export interface Callbacks {
  readonly callback: unknown;
  readonly errorCallback: unknown;
}

export const NO_CALLBACKS: Callbacks = { callback: null, errorCallback: null };

/** What a program asks of a pool in one call. */
export interface Order extends Callbacks {
  readonly func: unknown;
  readonly kind: TaskKind;
  /** One task each. */
  readonly chunks: readonly Chunk[];
  /** Bits of `Form`. */
  readonly form: number;
}

/** @throws ValueError when it is closed or terminated */
export function refuseUnlessRunning(port: Port, pool: ObjectId): void {
  if (phaseOf(port, pool) !== Phase.RUN) throw new ValueError('Pool not running');
}

/** Counts tasks in, and returns the number of the first. @throws ValueError when the pool takes none any more */
function countInOrRefuse(port: Port, pool: ObjectId, tasks: number): number {
  refuseUnlessRunning(port, pool);
  const first = countIn(port, pool, tasks);
  if (phaseOf(port, pool) !== Phase.RUN) takeBack(port, pool, tasks);
  refuseUnlessRunning(port, pool);
  return first;
}

/**
 * Hands in the tasks of a call, as one step, and returns the row of their result. What cannot be sent is a task that fails.
 * @throws ValueError when the pool takes none any more; PicklingError for a callback that the handler could not find; MemoryError
 */
export function submit({ pool, tasks }: Hiring, order: Order): ObjectId {
  const thread = current();
  const { port } = thread;
  const { func, chunks } = order;
  const callback = placeOfCallback(thread, order.callback);
  const errorCallback = placeOfCallback(thread, order.errorCallback);
  port.step();
  // From here on it is one step: before it another thread may have handed in tasks of its own, or closed the pool.
  const first = countInOrRefuse(port, pool, chunks.length);
  const result = newResult(thread, {
    pool,
    total: chunks.length,
    form: order.form,
    callback,
    errorCallback,
    task: first,
  });
  chunks.forEach((chunk, index) => {
    const number = first + index;
    port.log(Kind.DONE, Operation.SUBMIT, pool, Outcome.OK, number, result);
    const text = noted(port, () => shownTask(func, order.kind, chunk));
    try {
      handIn(port, pool, tasks, { ...contents(thread, order, chunk), result, index, number, text });
    } catch (error) {
      takeBack(port, pool, chunks.length - index);
      throw error;
    }
  });
  return result;
}

/** Precondition: its tasks are counted in. */
function newResult(thread: Current, plan: ResultPlan): ObjectId {
  const { port } = thread;
  if (thread.nameHint === '') thread.nameHint = `result ${plan.task}`;
  try {
    return createObject(ObjectKind.RESULT, (_, row) => {
      if (!initialise(port, row, plan)) throw new MemoryError(NO_ROOM);
      return [plan.total, plan.task];
    });
  } catch (error) {
    takeBack(port, plan.pool, plan.total);
    throw error;
  }
}

/** What a task says beside whose it is; what cannot be said is an error to be thrown by `get`. */
function contents(thread: Current, { func, kind }: Order, chunk: Chunk): Pick<Task, 'kind' | 'target' | 'payload'> {
  try {
    if ('error' in chunk) throw chunk.error;
    const target = placeOfFunction(thread, func);
    if (!Array.isArray(chunk.items)) {
      throw new TypeError(
        `${functionAtPlace(thread, target).name}() argument after * must be an iterable, not ${typeof chunk.items}`,
      );
    }
    return { kind, target, payload: packPayload(chunk.items) };
  } catch (error) {
    passOnFaultsAndExits(error);
    return { kind: TaskKind.FAILED, target: 0, payload: packError(error) };
  }
}

function packError(error: unknown): Packed {
  try {
    return packPayload(error);
  } catch (failure) {
    passOnFaultsAndExits(failure);
    return packPayload(new PicklingError(String(failure)));
  }
}

/** Its place, + 1; 0 = none is wanted. */
function placeOfCallback(thread: Current, callback: unknown): number {
  return callback === null || callback === undefined ? 0 : placeOfFunction(thread, callback) + 1;
}
