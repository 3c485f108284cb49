import type { ObjectId } from '../../../base/ids.ts';
import type { Ticks } from '../../../base/units.ts';
import { BlockReason, Kind, Operation, Outcome, Stream } from '../../../abi/record.ts';
import { dropWatches, watch } from '../../../abi/watch.ts';
import { objectNameIn } from '../../../abi/object-table.ts';
import { bellWord, countOut, outstandingOf, Phase, phaseOf, resign, sizeOf } from '../../../sync/pool.ts';
import { balance, staffOf } from '../../../sync/pool-staff.ts';
import { FOREVER, type Port } from '../../../sync/port.ts';
import { callbackOf, deliver, firstTaskOf, settle } from '../../../sync/result.ts';
import { current } from '../current.ts';
import { RuntimeError, SystemExit } from '../errors.ts';
import { logCall, logDone } from '../operation.ts';
import { write } from '../output.ts';
import { feed, nudge } from './feed.ts';
import { functionAtPlace } from './function-places.ts';
import { readReply, type Reply } from './pool-message.ts';
import { endStaff, hireWorker, reviewStaff, type Hiring } from './staff.ts';
import { readFate } from './result-value.ts';
import { exitTraceback } from '../traceback.ts';
import { passOnFaults } from '../uncatchable.ts';

/** A fifth of a millisecond. */
const SOON: Ticks = 0.02;

/**
 * The thread that looks after a pool, in the process that made it: it does the work of CPython's three. It collects what the
 * workers send, runs callbacks, keeps the number of workers, and when the pool is closed and all is done it lets them leave,
 * and ends. It waits for all of this at once, on the pool's bell: watches of the replies and of the workers' ends ring it, and
 * so does whoever has something for it to do.
 */
export function poolHandler(hiring: Hiring): void {
  const { port } = current();
  const bell = bellWord(hiring.pool);
  watch(port.memory, hiring.replies.pipe, bell);
  try {
    new Handler(port, hiring).run();
  } finally {
    dropWatches(port.memory, bell);
  }
}

class Handler {
  readonly #port: Port;
  readonly #hiring: Hiring;
  readonly #pool: ObjectId;
  /** Workers wanted when it looked last. */
  #size: number;
  #collectedAt: Ticks = -Infinity;

  constructor(port: Port, hiring: Hiring) {
    this.#port = port;
    this.#hiring = hiring;
    this.#pool = hiring.pool;
    this.#size = sizeOf(port, hiring.pool);
  }

  run(): void {
    const port = this.#port;
    const bell = bellWord(this.#pool);
    for (;;) {
      port.backTo(0);
      const rung = Atomics.load(port.memory.words, bell);
      const collected = this.#collect();
      reviewStaff(port, this.#pool);
      if (phaseOf(port, this.#pool) === Phase.TERMINATED) {
        endStaff(port, this.#pool);
        return;
      }
      const over = this.#isOver();
      this.#noteSize();
      this.#staff(over ? 0 : this.#size);
      if (over && staffOf(port, this.#pool).length === 0) return;
      this.#feed();
      if (!(collected && this.#mayDoze() && port.doze())) port.wait(bell, rung, FOREVER, this.#pool, BlockReason.POLL);
    }
  }

  /** Closed, and all that was asked for is done. */
  #isOver(): boolean {
    return phaseOf(this.#port, this.#pool) === Phase.CLOSED && outstandingOf(this.#port, this.#pool) === 0;
  }

  #noteSize(): void {
    const size = sizeOf(this.#port, this.#pool);
    if (size === this.#size) return;
    this.#size = size;
    this.#port.step();
    logCall(this.#port, Operation.RESIZE, this.#pool, size);
    logDone(this.#port, Operation.RESIZE, this.#pool, Outcome.OK, size);
  }

  /** Hires workers, or has some leave, as many as it takes. */
  #staff(wanted: number): void {
    const port = this.#port;
    const surplus = balance(port, this.#pool, wanted);
    if (surplus > 0) nudge(port, this.#pool, this.#hiring.tasks, surplus);
    for (let missing = -surplus; missing > 0; missing -= 1) {
      try {
        hireWorker(this.#hiring);
      } catch (error) {
        if (!(error instanceof RuntimeError)) throw error;
        const possible = wanted - missing;
        write(port, Stream.STDERR, `the pool has ${possible} workers, not ${wanted}: ${error.message}\n`);
        resign(port, this.#pool, wanted, possible);
        return;
      }
    }
  }

  /** False: there was nothing. */
  #collect(): boolean {
    let collected = false;
    while (phaseOf(this.#port, this.#pool) !== Phase.TERMINATED) {
      const message = this.#hiring.replies.poll(this.#port);
      if (message === null) return collected;
      this.#deliver(readReply(message));
      collected = true;
    }
    return collected;
  }

  /** Replies come one upon the other, and more will: while tasks are short, being woken for each takes longer than they do. */
  #mayDoze(): boolean {
    const now = this.#port.now();
    const passed = now - this.#collectedAt;
    this.#collectedAt = now;
    return passed < SOON && outstandingOf(this.#port, this.#pool) > 0;
  }

  #feed(): void {
    const port = this.#port;
    const { tasks } = this.#hiring;
    for (let task = feed(port, this.#pool, tasks); task !== null; task = feed(port, this.#pool, tasks)) {
      port.step();
      this.#deliver({ ...task, succeeded: false });
    }
  }

  #deliver({ result, index, succeeded, payload: { bytes, from, to } }: Reply): void {
    const port = this.#port;
    if (deliver(port, result, index, succeeded, bytes.subarray(from, to))) {
      const place = callbackOf(port, result);
      if (place !== 0) callBack(this.#pool, result, place - 1);
      settle(port, result);
      logDone(port, Operation.SET, result, Outcome.OK);
    }
    countOut(port, this.#pool);
  }
}

/**
 * An error that a callback throws, or its `exit()`, ends the callback: it is printed, and the result is there all the same.
 * (CPython's handler would die of it, and whoever waits for a result would wait for ever.)
 */
function callBack(pool: ObjectId, result: ObjectId, place: number): void {
  const thread = current();
  const { port, depth, module } = thread;
  const callback = functionAtPlace(thread, place);
  const task = firstTaskOf(port, result);
  let outcome: Outcome = Outcome.OK;
  port.log(Kind.CALL, Operation.CALLBACK, pool, task, 0, result);
  try {
    const fate = readFate(port, result);
    callback('error' in fate ? fate.error : fate.value);
  } catch (error) {
    passOnFaults(error);
    outcome = Outcome.ERROR;
    if (!(error instanceof SystemExit)) {
      const traceback = exitTraceback(module, port.line, error);
      write(port, Stream.STDERR, `Exception in thread ${objectNameIn(port.memory, port.self)}:\n${traceback}`);
    }
  }
  thread.depth = depth;
  thread.nameHint = '';
  port.backTo(0);
  port.log(Kind.DONE, Operation.CALLBACK, pool, outcome, task, result);
}
