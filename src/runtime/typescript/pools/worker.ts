import type { ObjectId } from '../../../base/ids.ts';
import { Kind, Operation, Outcome } from '../../../abi/record.ts';
import { beginTask, endTask, takeLeave, type Place } from '../../../sync/pool-staff.ts';
import { ring } from '../../../sync/pool.ts';
import type { Port } from '../../../sync/port.ts';
import { hasBacklog } from '../../../sync/task-backlog.ts';
import { current, type Current } from '../current.ts';
import { MaybeEncodingError, RemoteTraceback } from '../errors.ts';
import { repr } from '../format.ts';
import { shown } from '../shown.ts';
import { noted } from './task-text.ts';
import { functionAtPlace } from './function-places.ts';
import { openPayload, packPayload, readTask, replyMessage, TaskKind, type Reply, type Task } from './pool-message.ts';
import type { Hiring } from './staff.ts';
import { exitTraceback, textOrFailure } from '../traceback.ts';
import { passOnFaults, passOnFaultsAndExits } from '../uncatchable.ts';

/**
 * The life of a pool's worker: borrowed by one task after the other, until it is told to leave, or whoever could give it tasks
 * is gone. An error of a task goes to whoever asked for it; one of the initializer, and `exit()`, end the worker.
 */
export function poolWorker({ pool, tasks, replies, terms }: Hiring, place: Place): void {
  const { port } = current();
  const { initializer, initializerArgs, maxTasksPerChild } = terms;
  const roomMade = (): void => {
    if (hasBacklog(port, pool) && tasks.isHalfEmpty(port)) ring(port, pool);
  };
  initializer?.(...(initializerArgs as never[]));
  for (let left = maxTasksPerChild ?? Infinity; left > 0;) {
    port.backTo(0);
    if (takeLeave(port, pool, place)) return;
    const message = tasks.take(port, roomMade);
    if (message === null) return;
    const task = readTask(message);
    if (task.kind === TaskKind.NUDGE) continue;
    beginTask(port, pool, place, task.result, task.number);
    if (!replies.put(port, replyMessage({ ...task, ...perform(pool, task) }))) return;
    endTask(port, pool, place);
    left -= 1;
  }
}

type Answer = Pick<Reply, 'succeeded' | 'payload' | 'text'>;

/** Does a task: what it returned, or the error that it threw. */
function perform(pool: ObjectId, task: Task): Answer {
  const thread = current();
  const { port, depth } = thread;
  let outcome: { readonly succeeded: boolean; readonly value: unknown };
  port.log(Kind.CALL, Operation.TASK, pool, task.number, 0, task.result);
  try {
    outcome = { succeeded: true, value: call(thread, task) };
  } catch (error) {
    passOnFaultsAndExits(error);
    outcome = { succeeded: false, value: withTraceback(thread, error) };
  }
  thread.depth = depth;
  thread.nameHint = '';
  const { succeeded, value } = outcome;
  port.log(Kind.DONE, Operation.TASK, pool, succeeded ? Outcome.OK : Outcome.ERROR, task.number, task.result);
  return encoded(port, succeeded, value);
}

function call(thread: Current, { kind, target, payload }: Task): unknown {
  const run = functionAtPlace(thread, target);
  const args = openPayload(payload) as unknown[];
  if (kind === TaskKind.CALL) return run(...args);
  if (kind === TaskKind.MAP) return args.map((item) => run(item));
  return args.map((item) => run(...(item as unknown[])));
}

/** The error, caused by what the worker would have printed had nobody caught it. */
function withTraceback({ module, port }: Current, error: unknown): unknown {
  const text = exitTraceback(module, port.line, error);
  const thrown =
    error instanceof Error
      ? error
      : new TypeError(`exceptions must derive from Error, not ${textOrFailure(() => repr(error))}`);
  if (Object.isExtensible(thrown)) {
    const cause = new RemoteTraceback(`\n"""\n${text}"""`);
    Object.defineProperty(thrown, 'cause', { value: cause, writable: true, configurable: true });
  }
  return thrown;
}

function encoded(port: Port, succeeded: boolean, value: unknown): Answer {
  try {
    return { succeeded, payload: packPayload(value), text: noted(port, () => shown(value)) };
  } catch (error) {
    passOnFaults(error);
    const [what, why] = [textOrFailure(() => repr(value)), textOrFailure(() => repr(error))];
    const failure = new MaybeEncodingError(`Error sending result: '${what}'. Reason: '${why}'`);
    return { succeeded: false, payload: packPayload(failure), text: noted(port, () => shown(failure)) };
  }
}
