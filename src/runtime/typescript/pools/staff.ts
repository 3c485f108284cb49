import { NO_OBJECT, type ObjectId } from '../../../base/ids.ts';
import { ExitCode } from '../../../abi/exit-code.ts';
import { PartRole } from '../../../abi/objects.ts';
import { EndCause, Kind, Operation, Outcome } from '../../../abi/record.ts';
import { exitCode, join } from '../../../sync/exit-word.ts';
import { bellWord, markLost as markPoolLost, ring } from '../../../sync/pool.ts';
import { dismissEnded, freePlace, hire, staffOf } from '../../../sync/pool-staff.ts';
import { FOREVER, type Port } from '../../../sync/port.ts';
import { isSettled, markLost } from '../../../sync/result.ts';
import { watch } from '../../../abi/watch.ts';
import { pidOf } from '../company.ts';
import { current } from '../current.ts';
import { logCall, logDone } from '../operation.ts';
import type { PoolQueue } from './pool-queue.ts';
import { Process } from '../process.ts';

/** What a worker is told when it begins. */
export interface WorkerTerms {
  readonly initializer: ((...args: never[]) => unknown) | null;
  readonly initializerArgs: readonly unknown[];
  /** After so many tasks it ends, and another takes its place; null = it does as many as there are. */
  readonly maxTasksPerChild: number | null;
}

/** What it takes to make a worker. */
export interface Hiring {
  readonly pool: ObjectId;
  readonly tasks: PoolQueue;
  readonly replies: PoolQueue;
  readonly terms: WorkerTerms;
}

/** Starts another worker. @throws AssertionError in a daemon; RuntimeError when the machine has no place for it */
export function hireWorker(hiring: Hiring): void {
  const { port } = current();
  const { pool } = hiring;
  const place = freePlace(port, pool);
  const share = { ...hiring, tasks: hiring.tasks.readEnd, replies: hiring.replies.writeEnd };
  const process = new Process({ target: '@pool-worker', args: [share, place], daemon: true });
  process.name = process.name.replace('Process', 'SpawnPoolWorker');
  process.start();
  const worker = Process.rowOf(process);
  hire(port, pool, place, worker);
  port.log(Kind.PART, PartRole.WORKER, worker, pool, 0, 0);
  // Its end rings the handler's bell: whoever hires, it is the handler who wants to know.
  watch(port.memory, worker, bellWord(pool));
  // It may have ended before: an initializer fails at once.
  if (exitCode(port, worker) !== null) ring(port, pool);
}

/** Takes those off the staff that have ended, and notes what is lost with them. */
export function reviewStaff(port: Port, pool: ObjectId): void {
  for (const { worker, result, number } of dismissEnded(port, pool)) {
    if (result === NO_OBJECT || isSettled(port, result)) continue;
    markLost(port, result, worker);
    markPoolLost(port, pool, worker);
    port.log(Kind.DONE, Operation.TASK, pool, Outcome.FALSE, number, result);
  }
}

/** Ends all workers, whatever they do, and waits until they have ended. */
export function endStaff(port: Port, pool: ObjectId): void {
  const living = staffOf(port, pool).filter((worker) => exitCode(port, worker) === null);
  if (living.length === 0) return;
  port.step();
  for (const worker of living) {
    const pid = pidOf(port.memory, worker);
    logCall(port, Operation.TERMINATE, worker, pid);
    const lived = port.kill(pid, ExitCode.SIGTERM, EndCause.KILLED);
    logDone(port, Operation.TERMINATE, worker, lived ? Outcome.OK : Outcome.FALSE, ExitCode.SIGTERM);
  }
  for (const worker of living) join(port, worker, FOREVER);
}
