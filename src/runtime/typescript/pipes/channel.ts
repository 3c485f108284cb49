import { asObjectId, type ObjectId } from '../../../base/ids.ts';
import type { Ticks } from '../../../base/units.ts';
import { ObjectKind, PartRole } from '../../../abi/objects.ts';
import { End, Traffic, trafficWordOf } from '../../../abi/pipe-row.ts';
import { Operation, Outcome } from '../../../abi/record.ts';
import { peek, poke } from '../../../abi/words.ts';
import { isHeld } from '../../../sync/lock.ts';
import { awaitReadable, isReadable, isWritable } from '../../../sync/pipe.ts';
import { deadlineIn, FOREVER, ticksUntil, type Port } from '../../../sync/port.ts';
import { HostReset } from '../../host-reset.ts';
import { current } from '../current.ts';
import { badLength, firstPiece, IN_ONE_STEP, readFrame, writeFrame, type Message, type Show } from './frame.ts';
import { createPart, logDone } from '../operation.ts';
import type { Packed } from '../codec/plain-writer.ts';
import { closedHandle, markSent, takeBack, type Parcel } from '../codec/parcel.ts';
import { giveLock, takeLock } from '../locks/parts.ts';
import { initialiseQueuePipe } from './pipe.ts';
import { PipeEnd } from './pipe-end.ts';
import { shown } from '../shown.ts';

const showItem: Show = (message) => shown(message.value);

/** What a part of something is called. */
export function partName(whole: string, part: string): string {
  return whole === '' ? part : `${whole}.${part}`;
}

/**
 * What CPython's queues are made of: a pipe, and a lock at each of its ends, so that whole messages go in and out. Whoever has
 * a queue has both ends open. All here happens within the step of the queue's operation.
 */
export class Channel {
  readonly pipe: ObjectId;
  readonly #reader: PipeEnd;
  readonly #writer: PipeEnd;
  readonly #readLock: ObjectId;
  readonly #writeLock: ObjectId;

  private constructor(reader: PipeEnd, writer: PipeEnd, readLock: ObjectId, writeLock: ObjectId) {
    this.pipe = reader.pipe;
    this.#reader = reader;
    this.#writer = writer;
    this.#readLock = readLock;
    this.#writeLock = writeLock;
  }

  /** Makes the parts of `whole`, which is called `name`. @throws OSError when too many pipes are open */
  static create(whole: ObjectId, name: string): Channel {
    const { port } = current();
    const part = (role: PartRole, suffix: string, kind: ObjectKind): ObjectId =>
      createPart(whole, role, partName(name, suffix), kind, kind === ObjectKind.PIPE ? initialiseQueuePipe : undefined);
    const pipe = part(PartRole.PIPE, 'pipe', ObjectKind.PIPE);
    const reader = PipeEnd.open(port, pipe, End.READ);
    const writer = PipeEnd.open(port, pipe, End.WRITE);
    const readLock = part(PartRole.READ_LOCK, 'rlock', ObjectKind.LOCK);
    return new Channel(reader, writer, readLock, part(PartRole.WRITE_LOCK, 'wlock', ObjectKind.LOCK));
  }

  /** What `send` gave, in another process. */
  static receive(parts: readonly number[]): Channel {
    const [pipe, reader, writer, readLock, writeLock] = parts as [number, number, number, number, number];
    const { port } = current();
    return new Channel(
      PipeEnd.receive(port, pipe, End.READ, reader),
      PipeEnd.receive(port, pipe, End.WRITE, writer),
      asObjectId(readLock),
      asObjectId(writeLock),
    );
  }

  send(): readonly number[] {
    const { port } = current();
    return [this.pipe, this.#reader.send(port), this.#writer.send(port), this.#readLock, this.#writeLock];
  }

  close(port: Port): void {
    this.#reader.close(port);
    this.#writer.close(port);
  }

  /** False: this process has closed it, in whichever of its threads: both ends, this one first. */
  isOpen(port: Port): boolean {
    return this.#reader.isOpen(port);
  }

  /** @throws OSError when this process has closed it */
  refuseWhenClosed(port: Port): void {
    if (!this.isOpen(port)) throw closedHandle();
  }

  /** `get` would wait. */
  isEmptyOrHeld(port: Port): boolean {
    return !isReadable(port.memory, this.pipe) || isHeld(port, this.#readLock);
  }

  /** `put` would wait. */
  isFullOrHeld(port: Port, { packed }: Parcel<Packed>): boolean {
    return !isWritable(port.memory, this.pipe, firstPiece(packed)) || isHeld(port, this.#writeLock);
  }

  /** How many items were counted in and not got. */
  size({ memory: { words } }: Port): number {
    const traffic = trafficWordOf(words, this.pipe);
    return (Atomics.load(words, traffic + Traffic.ITEMS_IN) - Atomics.load(words, traffic + Traffic.ITEMS_OUT)) | 0;
  }

  /** Whether nothing can be got now. */
  isEmpty(port: Port): boolean {
    const readable = isReadable(port.memory, this.pipe);
    logDone(port, Operation.POLL, this.pipe, readable ? Outcome.OK : Outcome.FALSE);
    return !readable;
  }

  /**
   * Counts an item in that is about to be put: as in CPython it is in the queue from then on, whatever its `put` may have to wait
   * for. When it fails nobody can read the pipe, and the number means nothing.
   */
  countIn({ memory: { words } }: Port): void {
    Atomics.add(words, trafficWordOf(words, this.pipe) + Traffic.ITEMS_IN, 1);
  }

  /** Writes a packed item; waits while there is no room for it. When it fails, what was packed is taken back. */
  put(port: Port, parcel: Parcel<Packed>, item: unknown): void {
    try {
      takeLock(port, this.#writeLock);
      this.#write(port, parcel.packed, item);
    } catch (error) {
      if (!(error instanceof HostReset)) takeBack(port, parcel.descriptors);
      throw error;
    }
    markSent(port, parcel);
  }

  /**
   * Reads an item, waiting for at most `ticks`; null = time is up. It is still packed: unpacking it takes time, and the lock is
   * free by then. Unpack it before another message is read. @throws EOFError
   */
  get(port: Port, ticks: Ticks): Message | null {
    const deadline = deadlineIn(port, ticks);
    if (!takeLock(port, this.#readLock, ticks)) return null;
    let message: Message | null;
    try {
      message = this.#read(port, deadline);
    } catch (error) {
      if (!(error instanceof HostReset)) giveLock(port, this.#readLock);
      throw error;
    }
    giveLock(port, this.#readLock);
    return message;
  }

  // No closures from here on, although `dispatch` and others would take them: they are most of what a small message costs.

  /** Precondition: the writers' lock is held; it is given back, except by whoever is told to stop, who goes with it. */
  #write(port: Port, packed: Packed, item: unknown): void {
    try {
      writeFrame(port, this.pipe, packed, () => shown(item), IN_ONE_STEP);
    } catch (error) {
      if (!(error instanceof HostReset)) giveLock(port, this.#writeLock);
      throw error;
    }
    giveLock(port, this.#writeLock);
  }

  /** Precondition: the readers' lock is held. */
  #read(port: Port, deadline: Ticks): Message | null {
    if (deadline < FOREVER && !awaitReadable(port, this.pipe, ticksUntil(port, deadline))) return null;
    const message = readFrame(port, this.pipe, showItem, IN_ONE_STEP);
    if (message === null) throw badLength();
    this.#countOut(port);
    return message;
  }

  /** Precondition: the lock of readers is held. */
  #countOut({ memory: { words } }: Port): void {
    const at = trafficWordOf(words, this.pipe) + Traffic.ITEMS_OUT;
    // Published by what follows: the lock that is given back.
    poke(words, at, (peek(words, at) + 1) | 0);
  }
}
