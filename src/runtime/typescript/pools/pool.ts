import type { ObjectId } from '../../../base/ids.ts';
import { ObjectKind, PartRole } from '../../../abi/objects.ts';
import { Kind, Operation, Outcome } from '../../../abi/record.ts';
import { join } from '../../../sync/exit-word.ts';
import { handlerOf, initialise, moveTo, Phase, phaseOf, ring, setHandler, sizeOf } from '../../../sync/pool.ts';
import { createStaff, staffOf } from '../../../sync/pool-staff.ts';
import { FOREVER } from '../../../sync/port.ts';
import { Form } from '../../../sync/result.ts';
import { AsyncResult } from './async-result.ts';
import { current } from '../current.ts';
import { MemoryError, NotImplementedError, ValueError } from '../errors.ts';
import { Handle, INHERITED_ONLY, SEND } from '../handle.ts';
import { createObject, logCall, logDone } from '../operation.ts';
import { cpuCount } from '../os.ts';
import { offerTarget } from '../builtin-targets.ts';
import { finalize } from '../finalizers.ts';
import { poolHandler } from './handler.ts';
import { terminate, terminatePools } from './pool-end.ts';
import { carrierOf } from '../codec/parcel.ts';
import { inChunks, inChunksUntilError, itemsOf, type Chunk } from './chunks.ts';
import { PoolIterator } from './pool-iterator.ts';
import { TaskKind } from './pool-message.ts';
import { PoolQueue } from './pool-queue.ts';
import { endStaff, hireWorker, type Hiring, type WorkerTerms } from './staff.ts';
import { NO_CALLBACKS, refuseUnlessRunning, submit, type Callbacks } from './submit.ts';
import { Thread } from '../threads/thread.ts';
import { poolWorker } from './worker.ts';
import { handleOf, receives } from '../codec/receivers.ts';

type Callback<T> = ((value: T) => unknown) | null;
type ErrorCallback = ((error: Error) => unknown) | null;

const PHASE_NAMES = ['RUN', 'CLOSE', 'TERMINATE'] as const;

function checkedSize(processes: number | null | undefined): number {
  const size = processes ?? cpuCount();
  if (!Number.isInteger(size)) {
    const type = typeof size === 'number' ? 'float' : typeof size;
    throw new TypeError(`'${type}' object cannot be interpreted as an integer`);
  }
  if (size < 1) throw new ValueError('Number of processes must be at least 1');
  return size;
}

function checkedMaxTasks(maxTasksPerChild: number | null | undefined): number | null {
  const most = maxTasksPerChild ?? null;
  if (most !== null && !(Number.isInteger(most) && most > 0)) {
    throw new ValueError('maxtasksperchild must be a positive int or None');
  }
  return most;
}

/** Of a pool that was received: whoever has made it hires. */
const NO_TERMS: WorkerTerms = { initializer: null, initializerArgs: [], maxTasksPerChild: null };

let received: Hiring | null = null;

/**
 * `multiprocessing.Pool`: so many processes, lent to one task after the other. Functions, callbacks too, are top-level
 * functions of the program. A callback runs in the process that made the pool, in the pool's handler thread.
 */
export class Pool extends Handle {
  readonly #hiring: Hiring;

  /** What `SEND` gave; the caller makes the queues of what they gave. */
  static ofParts(object: ObjectId, tasks: PoolQueue, replies: PoolQueue): Pool {
    received = { pool: object, tasks, replies, terms: NO_TERMS };
    return Handle.receive(object, () => new Pool());
  }

  /**
   * Starts the workers.
   *
   * @param processes how many; as many as there are CPUs, if none is given
   * @param initializer runs first in each worker
   * @param maxTasksPerChild after so many tasks a worker ends, and another takes its place
   * @throws ValueError; AssertionError in a daemon; RuntimeError when the machine has no place for so many
   */
  constructor(
    processes: number | null = null,
    initializer: ((...args: never[]) => unknown) | null = null,
    initargs: readonly unknown[] = [],
    maxTasksPerChild: number | null = null,
  ) {
    const size = checkedSize(processes);
    const terms: WorkerTerms = {
      initializer,
      initializerArgs: initargs,
      maxTasksPerChild: checkedMaxTasks(maxTasksPerChild),
    };
    if (initializer !== null && typeof initializer !== 'function') {
      throw new TypeError('initializer must be a callable');
    }
    const name = current().nameHint;
    super(() =>
      createObject(ObjectKind.POOL, (port, pool) => {
        initialise(port, pool, size);
        if (!createStaff(port, pool)) throw new MemoryError('no room for another pool: shared memory is full');
        return [size, 0];
      }),
    );
    const adopted = received;
    received = null;
    if (adopted !== null) {
      this.#hiring = adopted;
      return;
    }
    const pool = this.object;
    const tasks = PoolQueue.create(pool, PartRole.TASKS, name === '' ? '' : `${name}.tasks`);
    const replies = PoolQueue.create(pool, PartRole.RESULTS, name === '' ? '' : `${name}.results`);
    this.#hiring = { pool, tasks, replies, terms };
    this.#start(size);
  }

  /** Does one task, and waits for it. @throws what it throws */
  apply<Args extends readonly unknown[], R>(func: (...args: [...Args]) => R, args?: readonly [...Args]): R {
    return AsyncResult.take(this.applyAsync(func, args));
  }

  /** Hands in one task, and returns at once. */
  applyAsync<Args extends readonly unknown[], R>(
    func: (...args: [...Args]) => R,
    args?: readonly [...Args],
    callback: Callback<R> = null,
    errorCallback: ErrorCallback = null,
  ): AsyncResult<R> {
    const chunks = [{ items: args ?? [] }];
    return new AsyncResult<R>(this.#submit(func, TaskKind.CALL, chunks, 0, { callback, errorCallback }));
  }

  /** `func` of each item, in chunks; waits for all, and returns the list. @throws what one of them throws */
  map<T, R>(func: (item: T) => R, items: Iterable<T>, chunksize: number | null = null): R[] {
    return AsyncResult.take(this.mapAsync(func, items, chunksize));
  }

  /** As `map`, but returns at once. */
  mapAsync<T, R>(
    func: (item: T) => R,
    items: Iterable<T>,
    chunksize: number | null = null,
    callback: Callback<R[]> = null,
    errorCallback: ErrorCallback = null,
  ): AsyncResult<R[]> {
    return this.#mapAsync(func, TaskKind.MAP, items, chunksize, { callback, errorCallback });
  }

  /** As `map`, but each item is the list of arguments of a call. */
  starmap<Args extends readonly unknown[], R>(
    func: (...args: [...Args]) => R,
    items: Iterable<readonly [...Args]>,
    chunksize: number | null = null,
  ): R[] {
    return AsyncResult.take(this.starmapAsync(func, items, chunksize));
  }

  /** As `starmap`, but returns at once. */
  starmapAsync<Args extends readonly unknown[], R>(
    func: (...args: [...Args]) => R,
    items: Iterable<readonly [...Args]>,
    chunksize: number | null = null,
    callback: Callback<R[]> = null,
    errorCallback: ErrorCallback = null,
  ): AsyncResult<R[]> {
    return this.#mapAsync(func, TaskKind.STARMAP, items, chunksize, { callback, errorCallback });
  }

  /** As `map`, but returns at once; the results come one after the other, in the order of the items. */
  imap<T, R>(func: (item: T) => R, items: Iterable<T>, chunksize = 1): PoolIterator<R> {
    return this.#imap(func, items, chunksize, 0);
  }

  /** As `imap`, but the results come in the order in which they are done. */
  imapUnordered<T, R>(func: (item: T) => R, items: Iterable<T>, chunksize = 1): PoolIterator<R> {
    return this.#imap(func, items, chunksize, Form.UNORDERED);
  }

  /** No more tasks: the workers leave when all are done. */
  close(): void {
    const { port } = current();
    port.step();
    logCall(port, Operation.CLOSE, this.object);
    const closed = moveTo(port, this.object, Phase.CLOSED);
    if (closed) ring(port, this.object);
    logDone(port, Operation.CLOSE, this.object, closed ? Outcome.OK : Outcome.FALSE);
  }

  /** Ends the workers, whatever they do, and waits until they have ended. */
  terminate(): void {
    const { port } = current();
    port.step();
    terminate(port, this.object);
  }

  /** Waits until all tasks are done and the workers have ended. @throws ValueError before `close` or `terminate` */
  join(): void {
    const { port } = current();
    if (phaseOf(port, this.object) === Phase.RUN) throw new ValueError('Pool is still running');
    port.step();
    logCall(port, Operation.JOIN, this.object, -1);
    join(port, handlerOf(port, this.object), FOREVER);
    logDone(port, Operation.JOIN, this.object, Outcome.OK);
  }

  override toString(): string {
    const { port } = current();
    const size = staffOf(port, this.object).length;
    return `<multiprocessing.pool.Pool state=${PHASE_NAMES[phaseOf(port, this.object)]} pool_size=${size}>`;
  }

  override get [INHERITED_ONLY](): boolean {
    return false;
  }

  /** The threads of the process that made it share it. @throws NotImplementedError when it would leave the process */
  [SEND](): readonly [kind: string, ...details: unknown[]] {
    if (carrierOf() !== 'thread') {
      throw new NotImplementedError('pool objects cannot be passed between processes or pickled');
    }
    const { tasks, replies } = this.#hiring;
    return ['Pool', this.object, tasks[SEND](), replies[SEND]()];
  }

  #start(size: number): void {
    const { port } = current();
    const pool = this.object;
    try {
      for (let n = 0; n < size; n += 1) hireWorker(this.#hiring);
      const handler = new Thread({
        target: '@pool-handler',
        args: [this.#hiring],
        name: 'ResultHandler',
        daemon: true,
      });
      handler.start();
      const thread = Thread.rowOf(handler);
      setHandler(port, pool, thread);
      port.log(Kind.PART, PartRole.HANDLER, thread, pool, 0, 0);
    } catch (error) {
      endStaff(port, pool);
      throw error;
    }
  }

  #mapAsync<R>(
    func: unknown,
    kind: TaskKind,
    items: Iterable<unknown>,
    chunksize: number | null,
    callbacks: Callbacks,
  ): AsyncResult<R[]> {
    this.#refuseUnlessRunning();
    const all = itemsOf(items);
    // None are left when all have ended and the machine has no place for others.
    const size = Math.max(1, sizeOf(current().port, this.object));
    const chunks = inChunks(all, chunksize ?? Math.ceil(all.length / (size * 4)));
    return new AsyncResult<R[]>(this.#submit(func, kind, chunks, Form.LISTS, callbacks));
  }

  #imap<T, R>(func: (item: T) => R, items: Iterable<T>, chunksize: number, order: number): PoolIterator<R> {
    this.#refuseUnlessRunning();
    const chunks = inChunksUntilError(items, chunksize);
    if (chunksize > 1) return new PoolIterator<R>(this.#submit(func, TaskKind.MAP, chunks, Form.LISTS | order));
    return new PoolIterator<R>(this.#submit(func, TaskKind.CALL, chunks, order));
  }

  #submit(func: unknown, kind: TaskKind, chunks: readonly Chunk[], form: number, callbacks = NO_CALLBACKS): ObjectId {
    this.#refuseUnlessRunning();
    return submit(this.#hiring, { func, kind, chunks, form, ...callbacks });
  }

  #refuseUnlessRunning(): void {
    refuseUnlessRunning(current().port, this.object);
  }
}

receives('Pool', (object, details) => {
  const [tasks, replies] = details as [readonly unknown[], readonly unknown[]];
  return Pool.ofParts(object, handleOf(tasks) as PoolQueue, handleOf(replies) as PoolQueue);
});
offerTarget('@pool-worker', poolWorker);
offerTarget('@pool-handler', poolHandler);
// Before the managers end, whom tasks may still ask.
finalize(15, terminatePools);
