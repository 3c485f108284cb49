import { asObjectId, NO_OBJECT, type ObjectId } from '../../../base/ids.ts';
import type { Ticks } from '../../../base/units.ts';
import { ObjectKind, PartRole } from '../../../abi/objects.ts';
import { Operation, Outcome } from '../../../abi/record.ts';
import { countOf, initialise, MAX_COUNT } from '../../../sync/semaphore.ts';
import type { Port } from '../../../sync/port.ts';
import { HostReset } from '../../host-reset.ts';
import { Channel, partName } from './channel.ts';
import { current } from '../current.ts';
import { AssertionError, Empty, Full, ValueError } from '../errors.ts';
import { Handle, SEND } from '../handle.ts';
import type { Packed } from '../codec/plain-writer.ts';
import { packFrame } from './frame.ts';
import {
  attempt,
  createObject,
  createPart,
  logCall,
  logDone,
  loggedTicks,
  outcomeOf,
  timeoutTicks,
} from '../operation.ts';
import { type Parcel, takeBack, wrap } from '../codec/parcel.ts';
import { givePlace, takePlace } from '../locks/parts.ts';
import { receives } from '../codec/receivers.ts';

type Kind = typeof ObjectKind.QUEUE | typeof ObjectKind.JOINABLE_QUEUE;

/** What a queue in another process is told of one that exists: the semaphore of free places, then the channel. */
export type QueueParts = readonly number[];

/** How many items may be in it; nothing below 1 is a bound. */
function boundOf(maxsize: unknown): number {
  if (typeof maxsize !== 'number')
    throw new TypeError(`'${typeof maxsize}' object cannot be interpreted as an integer`);
  if (!Number.isInteger(maxsize)) throw new TypeError("'float' object cannot be interpreted as an integer");
  return maxsize < 1 ? MAX_COUNT : Math.min(maxsize, MAX_COUNT);
}

/** The semaphore of free places, where their number is bounded. */
function createSlots(queue: ObjectId, name: string, bound: number): ObjectId {
  if (bound === MAX_COUNT) return NO_OBJECT;
  return createPart(queue, PartRole.SLOTS, partName(name, 'slots'), ObjectKind.BOUNDED_SEMAPHORE, (port, object) => {
    initialise(port, object, bound, bound);
    return [bound, bound];
  });
}

/**
 * `multiprocessing.Queue`: a pipe, a lock at each of its ends, and if it is bounded a semaphore of free places (in CPython
 * always; but nobody could wait for one that never falls to 0). Unlike CPython's it has no thread that feeds the pipe: `put`
 * writes into it, and waits while it is full.
 */
export class Queue<T = unknown> extends Handle {
  protected static readonly kind: Kind = ObjectKind.QUEUE;
  readonly #bound: number;
  readonly #slots: ObjectId;
  readonly #channel: Channel;
  #closed = false;
  /** This process has put something into it: only then does `close` do more than forbid. */
  #used = false;

  /**
   * @param maxsize how many items may be in it at once; below 1: any number
   * @param parts for the codec, which has received them
   */
  constructor(maxsize = 0, parts: QueueParts | null = null) {
    const bound = boundOf(maxsize);
    const { kind } = new.target;
    const name = current().nameHint;
    super(() => createObject(kind, () => [0, bound < MAX_COUNT ? bound : 0]));
    this.#bound = bound;
    if (parts === null) {
      this.#channel = Channel.create(this.object, name);
      this.#slots = createSlots(this.object, name, bound);
    } else {
      const [slots = 0, ...channel] = parts;
      this.#channel = Channel.receive(channel);
      this.#slots = asObjectId(slots);
    }
  }

  /**
   * Puts an item into it; waits while all places are taken, for at most `timeout` seconds, or not at all if `block` is false.
   * @throws Full; ValueError when it is closed; TypeError `cannot pickle …`
   */
  put(item: T, block = true, timeout: number | null = null): void {
    const { port } = current();
    const ticks = block ? timeoutTicks(timeout) : 0;
    port.step();
    this.#refuseWhenClosed(port);
    const parcel = wrap('pipe', () => packFrame(item));
    this.#used = true;
    if (port.logged && (this.#isFull(port) || this.#channel.isFullOrHeld(port, parcel))) {
      logCall(port, Operation.PUT, this.object, loggedTicks(ticks));
    }
    if (!this.#takePlace(port, ticks)) {
      takeBack(port, parcel.descriptors);
      logDone(port, Operation.PUT, this.object, outcomeOf(false, ticks > 0), this.#size(port));
      throw new Full();
    }
    this.#putInPlace(port, parcel, item);
    logDone(port, Operation.PUT, this.object, Outcome.OK);
  }

  /** As `put` without waiting. */
  putNowait(item: T): void {
    this.put(item, false);
  }

  /**
   * Gets the item that has been in it longest; waits while there is none, for at most `timeout` seconds, or not at all if
   * `block` is false.
   * @throws Empty; ValueError when it is closed
   */
  get(block = true, timeout: number | null = null): T {
    const { port } = current();
    const ticks = block ? timeoutTicks(timeout) : 0;
    port.step();
    this.#refuseWhenClosed(port);
    if (port.logged && this.#channel.isEmptyOrHeld(port)) logCall(port, Operation.GET, this.object, loggedTicks(ticks));
    const message = this.#channel.get(port, ticks);
    if (message === null) {
      logDone(port, Operation.GET, this.object, outcomeOf(false, ticks > 0));
      throw new Empty();
    }
    this.#givePlace(port);
    logDone(port, Operation.GET, this.object, Outcome.OK);
    return message.value as T;
  }

  /** As `get` without waiting. */
  getNowait(): T {
    return this.get(false);
  }

  /** How many items are in it; another process may change it before the next line. */
  qsize(): number {
    const { port } = current();
    port.step();
    const size = this.#size(port);
    logDone(port, Operation.GET_VALUE, this.object, Outcome.OK, size);
    return size;
  }

  /** Another process may change it before the next line. @throws OSError when this process has used and closed it */
  empty(): boolean {
    const { port } = current();
    port.step();
    this.#channel.refuseWhenClosed(port);
    return this.#channel.isEmpty(port);
  }

  /** Another process may change it before the next line. */
  full(): boolean {
    const { port } = current();
    port.step();
    const full = this.#isFull(port);
    logDone(port, Operation.GET_VALUE, this.object, Outcome.OK, this.#size(port));
    return full;
  }

  /** This process will put no more into it. */
  close(): void {
    if (this.#closed) return;
    const { port } = current();
    port.step();
    this.#closed = true;
    attempt(port, Operation.CLOSE, this.object, () => {
      if (this.#used) this.#channel.close(port);
    });
  }

  /** In CPython: waits until all that was put into it is in the pipe. Here it is. @throws AssertionError before `close` */
  joinThread(): void {
    if (!this.#closed) throw new AssertionError(`Queue ${this} not closed`);
  }

  /** In CPython: at its end the process does not wait for what is not in the pipe yet. Here all is. */
  cancelJoinThread(): void {
    // Nothing is ever left to wait for.
  }

  override toString(): string {
    return '<multiprocessing.queues.Queue object>';
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    const maxsize = this.#isBounded ? this.#bound : 0;
    return ['Queue', this.object, maxsize, this.#slots, ...this.#channel.send()];
  }

  /** Before an item is in the pipe, and so before anybody can get it. */
  protected countItem(_port: Port): void {
    // Who joins a queue counts what is not done.
  }

  #putInPlace(port: Port, parcel: Parcel<Packed>, item: T): void {
    try {
      this.countItem(port);
      this.#channel.put(port, parcel, item);
    } catch (error) {
      if (!(error instanceof HostReset)) {
        this.#givePlace(port);
        logDone(port, Operation.PUT, this.object, Outcome.ERROR);
      }
      throw error;
    }
  }

  #refuseWhenClosed(port: Port): void {
    if (this.#closed || !this.#channel.isOpen(port)) throw new ValueError(`Queue ${this} is closed`);
  }

  get #isBounded(): boolean {
    return this.#bound < MAX_COUNT;
  }

  #size(port: Port): number {
    return this.#isBounded ? this.#bound - countOf(port, this.#slots) : this.#channel.size(port);
  }

  #isFull(port: Port): boolean {
    return this.#isBounded && countOf(port, this.#slots) === 0;
  }

  #takePlace(port: Port, ticks: Ticks): boolean {
    if (this.#isBounded) return takePlace(port, this.#slots, ticks);
    this.#channel.countIn(port);
    return true;
  }

  #givePlace(port: Port): void {
    if (this.#isBounded) givePlace(port, this.#slots);
  }
}

receives('Queue', (object, details) => {
  const [maxsize, ...parts] = details as number[];
  return Handle.receive(object, () => new Queue(maxsize, parts));
});
