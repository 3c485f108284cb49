import { ObjectKind } from '../../../abi/objects.ts';
import { Operation } from '../../../abi/record.ts';
import { FOREVER } from '../../../sync/port.ts';
import { Channel } from './channel.ts';
import { current } from '../current.ts';
import { Handle, SEND } from '../handle.ts';
import { packFrame } from './frame.ts';
import { attempt, createObject, logCall } from '../operation.ts';
import { wrap } from '../codec/parcel.ts';
import { receives } from '../codec/receivers.ts';

/** `multiprocessing.SimpleQueue`: a pipe, and a lock at each of its ends. */
export class SimpleQueue<T = unknown> extends Handle {
  readonly #channel: Channel;

  /** @param channel for the codec, which has received it */
  constructor(channel: readonly number[] | null = null) {
    const name = current().nameHint;
    super(() => createObject(ObjectKind.SIMPLE_QUEUE));
    this.#channel = channel === null ? Channel.create(this.object, name) : Channel.receive(channel);
  }

  /** Waits while there is no room in the pipe. @throws TypeError `cannot pickle …`; OSError when it is closed */
  put(item: T): void {
    const { port } = current();
    port.step();
    this.#channel.refuseWhenClosed(port);
    const parcel = wrap('pipe', () => packFrame(item));
    if (port.logged && this.#channel.isFullOrHeld(port, parcel)) logCall(port, Operation.PUT, this.object, -1);
    attempt(port, Operation.PUT, this.object, () => this.#channel.put(port, parcel, item));
  }

  /** Waits while it is empty. @throws OSError when it is closed */
  get(): T {
    const { port } = current();
    port.step();
    this.#channel.refuseWhenClosed(port);
    if (port.logged && this.#channel.isEmptyOrHeld(port)) logCall(port, Operation.GET, this.object, -1);
    return attempt(port, Operation.GET, this.object, () => this.#channel.get(port, FOREVER))?.value as T;
  }

  /** Another process may change it before the next line. */
  empty(): boolean {
    const { port } = current();
    port.step();
    this.#channel.refuseWhenClosed(port);
    return this.#channel.isEmpty(port);
  }

  /** Closes both ends in this process: it cannot use the queue any more. */
  close(): void {
    const { port } = current();
    port.step();
    attempt(port, Operation.CLOSE, this.object, () => this.#channel.close(port));
  }

  override toString(): string {
    return '<multiprocessing.queues.SimpleQueue object>';
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    return ['SimpleQueue', this.object, ...this.#channel.send()];
  }
}

receives('SimpleQueue', (object, parts) => Handle.receive(object, () => new SimpleQueue(parts as number[])));
