import { NO_OBJECT, NO_TEXT, type ObjectId } from '../../../base/ids.ts';
import { guarded } from '../../../abi/guard.ts';
import { guardWord, ring } from '../../../sync/pool.ts';
import type { Port } from '../../../sync/port.ts';
import { append, countSent, firstPending, hasBacklog } from '../../../sync/task-backlog.ts';
import { MemoryError } from '../errors.ts';
import type { Packed } from '../codec/plain-writer.ts';
import { HEAD_BYTES, noPayload, readTask, TaskKind, taskMessage, type Task } from './pool-message.ts';
import type { PoolQueue } from './pool-queue.ts';

/**
 * The way of a task to the workers: into the pipe if it has room, else into the backlog, from where the handler brings it into
 * the pipe when it has. So handing in never waits, and messages stay whole and in order: whoever writes holds the pool's guard,
 * and goes past no backlog.
 */

const NUDGE: Packed = taskMessage({
  kind: TaskKind.NUDGE,
  result: NO_OBJECT,
  index: 0,
  number: 0,
  target: 0,
  text: NO_TEXT,
  payload: noPayload(),
});

/** @throws MemoryError when shared memory has no room for it. */
export function handIn(port: Port, pool: ObjectId, tasks: PoolQueue, task: Task): void {
  send(port, pool, tasks, taskMessage(task), task.kind !== TaskKind.FAILED);
}

/** Lets as many idle workers look whether they are to leave. */
export function nudge(port: Port, pool: ObjectId, tasks: PoolQueue, count: number): void {
  for (let n = 0; n < count; n += 1) send(port, pool, tasks, NUDGE, true);
}

function send(port: Port, pool: ObjectId, tasks: PoolQueue, message: Packed, forWorkers: boolean): void {
  const way = guarded(port.memory.words, guardWord(pool), () => {
    if (forWorkers && !hasBacklog(port, pool) && tasks.hasRoomFor(port, message)) {
      tasks.offer(port, message);
      return 'sent';
    }
    const isFirst = !hasBacklog(port, pool);
    if (!append(port, pool, message.bytes.subarray(message.from, message.to))) return 'refused';
    return isFirst ? 'first' : 'behind';
  });
  if (way === 'refused')
    throw new MemoryError('the tasks of this pool have filled the memory that its processes share');
  if (way === 'first') ring(port, pool);
}

/**
 * The handler brings the backlog into the pipe as far as there is room. Returns the first task that could not be sent to
 * anybody, which the handler answers itself; null: there is none, and what is left waits for room.
 */
export function feed(port: Port, pool: ObjectId, tasks: PoolQueue): Task | null {
  if (!hasBacklog(port, pool)) return null;
  return guarded(port.memory.words, guardWord(pool), () => {
    for (let pending = firstPending(port, pool); pending !== null; pending = firstPending(port, pool)) {
      const { rest: bytes, fresh } = pending;
      const rest = { bytes, from: 0, to: bytes.length };
      const task = fresh ? readTask({ head: bytes, payload: { ...rest, from: HEAD_BYTES } }) : null;
      const undeliverable = task !== null && task.kind === TaskKind.FAILED;
      const sent = undeliverable ? rest.to : tasks.offer(port, rest);
      if (sent > 0) countSent(port, pool, sent);
      if (undeliverable) return task;
      if (sent < rest.to) return null;
    }
    return null;
  });
}
