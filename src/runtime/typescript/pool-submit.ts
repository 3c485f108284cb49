import type { ObjectId } from '../../base/ids.ts';
import { ObjectKind } from '../../abi/objects.ts';
import { Kind, Operation, Outcome } from '../../abi/record.ts';
import { countIn, countOut, tasksOf } from '../../sync/pool.ts';
import { initialise } from '../../sync/result.ts';
import { current } from './current.ts';
import { MemoryError, PicklingError } from './errors.ts';
import { pack } from './message.ts';
import { createObject } from './operation.ts';
import type { Chunk } from './pool-chunks.ts';
import { handIn } from './pool-feed.ts';
import { TaskKind, type Task } from './pool-message.ts';
import { noted, shownTask } from './pool-text.ts';
import type { Hiring } from './pool-staff.ts';
import type { Instance } from './program.ts';
import { nameOfTarget } from './target.ts';
import { passOnFaultsAndExits } from './uncatchable.ts';

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

/**
 * Hands in the tasks of a call, as one step, and returns the row of their result. What cannot be sent is a task that fails.
 * @throws PicklingError for a callback that the handler could not find; MemoryError
 */
export function submit({ pool, tasks }: Hiring, order: Order): ObjectId {
  const thread = current();
  const { port, program } = thread;
  const { func, chunks } = order;
  const plan = {
    pool,
    total: chunks.length,
    form: order.form,
    callback: placeOfCallback(program, order.callback),
    errorCallback: placeOfCallback(program, order.errorCallback),
    task: tasksOf(port, pool) + 1,
  };
  port.step();
  if (thread.nameHint === '') thread.nameHint = `result ${plan.task}`;
  const result = createObject(ObjectKind.RESULT, (_, row) => {
    if (!initialise(port, row, plan)) throw new MemoryError(NO_ROOM);
    return [plan.total, plan.task];
  });
  const first = countIn(port, pool, chunks.length);
  chunks.forEach((chunk, index) => {
    const number = first + index;
    port.log(Kind.DONE, Operation.SUBMIT, pool, Outcome.OK, number, result);
    const text = noted(port, () => shownTask(func, order.kind, chunk));
    try {
      handIn(port, pool, tasks, { ...contents(program, order, chunk), result, index, number, text });
    } catch (error) {
      countOut(port, pool, chunks.length - index);
      throw error;
    }
  });
  return result;
}

/** What a task says beside whose it is; what cannot be said is an error to be thrown by `get`. */
function contents(program: Instance, { func, kind }: Order, chunk: Chunk): Pick<Task, 'kind' | 'target' | 'payload'> {
  try {
    if ('error' in chunk) throw chunk.error;
    const target = placeOf(program, nameOfTarget(program, func ?? 'null'));
    return { kind, target, payload: pack(chunk.items) };
  } catch (error) {
    passOnFaultsAndExits(error);
    return { kind: TaskKind.FAILED, target: 0, payload: packError(error) };
  }
}

function packError(error: unknown): Uint8Array {
  try {
    return pack(error);
  } catch (failure) {
    passOnFaultsAndExits(failure);
    return pack(new PicklingError(String(failure)));
  }
}

function placeOf(program: Instance, name: string): number {
  return Object.keys(program.functions).indexOf(name);
}

/** Its place among the program's functions, + 1; 0 = none is wanted. */
function placeOfCallback(program: Instance, callback: unknown): number {
  return callback === null || callback === undefined ? 0 : placeOf(program, nameOfTarget(program, callback)) + 1;
}
