import { asObjectId, type ObjectId } from '../../../base/ids.ts';
import { ObjectKind, PartRole } from '../../../abi/objects.ts';
import { Kind, Operation, Outcome } from '../../../abi/record.ts';
import * as condition from '../../../sync/condition.ts';
import { FOREVER, type Port } from '../../../sync/port.ts';
import { countOf, initialise, MAX_COUNT } from '../../../sync/semaphore.ts';
import { partName } from './channel.ts';
import { waitOn } from '../locks/condition.ts';
import { current } from '../current.ts';
import { ValueError } from '../errors.ts';
import { Handle, SEND } from '../handle.ts';
import { createObject, createPart, logCall, logDone } from '../operation.ts';
import { givePlace, takePlace, underRLock } from '../locks/parts.ts';
import { Queue, type QueueParts } from './queue.ts';
import { receives } from '../codec/receivers.ts';

/**
 * `multiprocessing.JoinableQueue`: a queue that counts what was put into it and is not done yet, in a semaphore, and a
 * condition for those who wait until all is.
 */
export class JoinableQueue<T = unknown> extends Queue<T> {
  protected static override readonly kind = ObjectKind.JOINABLE_QUEUE;
  readonly #unfinished: ObjectId;
  readonly #allDone: ObjectId;
  readonly #lock: ObjectId;

  /** @param parts for the codec: three of its own, then the queue's */
  constructor(maxsize = 0, parts: QueueParts | null = null) {
    const name = current().nameHint;
    super(maxsize, parts?.slice(3));
    if (parts === null) {
      [this.#unfinished, this.#allDone, this.#lock] = createParts(this.object, name);
    } else {
      const [unfinished = 0, allDone = 0, lock = 0] = parts;
      this.#unfinished = asObjectId(unfinished);
      this.#allDone = asObjectId(allDone);
      this.#lock = asObjectId(lock);
    }
  }

  /** An item that was got is done. @throws ValueError when all were done before */
  taskDone(): void {
    const { port } = current();
    port.step();
    const [done, left] = underRLock(port, this.#lock, () => this.#countDone(port));
    logDone(port, Operation.TASK_DONE, this.object, done ? Outcome.OK : Outcome.ERROR, left);
    if (!done) throw new ValueError('task_done() called too many times');
  }

  /** Waits until all that was ever put into it is done. */
  join(): void {
    const { port } = current();
    port.step();
    logCall(port, Operation.JOIN, this.object, -1);
    underRLock(port, this.#lock, () => {
      if (countOf(port, this.#unfinished) === 0) return;
      logCall(port, Operation.WAIT, this.#allDone, -1);
      waitOn(port, this.#allDone, this.#lock, FOREVER);
    });
    logDone(port, Operation.JOIN, this.object, Outcome.OK);
  }

  override toString(): string {
    return '<multiprocessing.queues.JoinableQueue object>';
  }

  override [SEND](): readonly [kind: string, ...details: unknown[]] {
    const [, object, maxsize, ...parts] = super[SEND]();
    return ['JoinableQueue', object, maxsize, this.#unfinished, this.#allDone, this.#lock, ...parts];
  }

  protected override countItem(port: Port): void {
    underRLock(port, this.#lock, () => givePlace(port, this.#unfinished));
  }

  #countDone(port: Port): readonly [done: boolean, left: number] {
    if (countOf(port, this.#unfinished) === 0 || !takePlace(port, this.#unfinished, 0)) return [false, 0];
    const left = countOf(port, this.#unfinished);
    if (left === 0) {
      const notified = condition.notify(port, this.#allDone, condition.EVERYBODY);
      logDone(port, Operation.NOTIFY_ALL, this.#allDone, Outcome.OK, notified);
    }
    return [true, left];
  }
}

/** The count of items that are not done, the condition that all are, and its lock. */
function createParts(queue: ObjectId, name: string): [unfinished: ObjectId, allDone: ObjectId, lock: ObjectId] {
  const thread = current();
  const unfinished = createPart(
    queue,
    PartRole.UNFINISHED,
    partName(name, 'unfinished'),
    ObjectKind.SEMAPHORE,
    (port, object) => {
      initialise(port, object, 0, MAX_COUNT);
      return [0, MAX_COUNT];
    },
  );
  thread.nameHint = partName(name, 'allDone.lock');
  const lock = createObject(ObjectKind.RLOCK);
  const allDone = createPart(
    queue,
    PartRole.ALL_DONE,
    partName(name, 'allDone'),
    ObjectKind.CONDITION,
    (port, object) => {
      condition.initialise(port, object, lock);
      return [lock, 0];
    },
  );
  thread.port.log(Kind.PART, PartRole.LOCK, lock, allDone, 0, 0);
  return [unfinished, allDone, lock];
}

receives('JoinableQueue', (object, details) => {
  const [maxsize, ...parts] = details as number[];
  return Handle.receive(object, () => new JoinableQueue(maxsize, parts));
});
