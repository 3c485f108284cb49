import { asObjectId, type ObjectId } from '../../../base/ids.ts';
import { ObjectKind, PartRole } from '../../../abi/objects.ts';
import { End } from '../../../abi/pipe-row.ts';
import { Kind } from '../../../abi/record.ts';
import {
  ATOMIC_BYTES,
  BROKEN,
  bytesIn,
  capacityOf,
  END_OF_FILE,
  needOf,
  read,
  readWithHead,
  roomIn,
  write,
} from '../../../sync/pipe.ts';
import type { Port } from '../../../sync/port.ts';
import { current } from '../current.ts';
import { SEND, type Sendable } from '../handle.ts';
import { createPart } from '../operation.ts';
import type { Packed } from '../codec/plain-writer.ts';
import { giveLock, takeLock } from '../locks/parts.ts';
import { initialiseQueuePipe } from '../pipes/pipe.ts';
import { PipeEnd } from '../pipes/pipe-end.ts';
import { HEAD_BYTES, payloadLength, textOf, type Received } from './pool-message.ts';
import { receives } from '../codec/receivers.ts';

const NOBODY = (): void => undefined;

/** Of this host's one thread, for messages that are not long. */
const inbox = new Uint8Array(1 << 16);
const headBytes = new Uint8Array(HEAD_BYTES);

/**
 * One of a pool's two queues: a `SimpleQueue`, a pipe and two locks. CPython's pool goes past the locks where it is the only
 * one at its end, and so does this. Each get and each put is one step.
 */
export class PoolQueue implements Sendable {
  readonly pipe: ObjectId;
  readonly #readLock: ObjectId;
  readonly #writeLock: ObjectId;
  readonly #reader: PipeEnd | null;
  readonly #writer: PipeEnd | null;

  private constructor(
    pipe: ObjectId,
    [readLock, writeLock]: readonly [ObjectId, ObjectId],
    reader: PipeEnd | null,
    writer: PipeEnd | null,
  ) {
    this.pipe = pipe;
    this.#readLock = readLock;
    this.#writeLock = writeLock;
    this.#reader = reader;
    this.#writer = writer;
  }

  /** Makes it part of a pool, with both ends open in the calling process. @throws OSError when too many pipes are open */
  static create(pool: ObjectId, role: PartRole, name: string): PoolQueue {
    const { port } = current();
    const of = (part: string): string => (name === '' ? '' : `${name}.${part}`);
    const queue = createPart(pool, role, name, ObjectKind.SIMPLE_QUEUE);
    const pipe = createPart(queue, PartRole.PIPE, of('pipe'), ObjectKind.PIPE, initialiseQueuePipe);
    const readLock = createPart(queue, PartRole.READ_LOCK, of('readLock'), ObjectKind.LOCK);
    const writeLock = createPart(queue, PartRole.WRITE_LOCK, of('writeLock'), ObjectKind.LOCK);
    const reader = PipeEnd.open(port, pipe, End.READ);
    return new PoolQueue(pipe, [readLock, writeLock], reader, PipeEnd.open(port, pipe, End.WRITE));
  }

  /** What `SEND` gave. */
  static receive(parts: readonly (number | null)[]): PoolQueue {
    const { port } = current();
    const [pipe, readLock, writeLock, reader, writer] = parts as [number, number, number, number | null, number | null];
    return new PoolQueue(
      asObjectId(pipe),
      [asObjectId(readLock), asObjectId(writeLock)],
      reader === null ? null : PipeEnd.receive(port, pipe, End.READ, reader),
      writer === null ? null : PipeEnd.receive(port, pipe, End.WRITE, writer),
    );
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    const { port } = current();
    const [reader, writer] = [this.#reader?.send(port) ?? null, this.#writer?.send(port) ?? null];
    return ['PoolQueue', this.pipe, this.#readLock, this.#writeLock, reader, writer];
  }

  /** For a process that only gets: it hears when nobody can put any more. */
  get readEnd(): PoolQueue {
    return new PoolQueue(this.pipe, [this.#readLock, this.#writeLock], this.#reader, null);
  }

  /** For a process that only puts. */
  get writeEnd(): PoolQueue {
    return new PoolQueue(this.pipe, [this.#readLock, this.#writeLock], null, this.#writer);
  }

  /**
   * One of several readers gets a message, waiting for it; null = nobody can put one any more. It is there until another one is
   * read. `roomMade` is called after each piece: who offers a message longer than the pipe goes on then.
   */
  take(port: Port, roomMade: () => void): Received | null {
    port.step();
    takeLock(port, this.#readLock);
    const message = this.#read(port, roomMade);
    giveLock(port, this.#readLock);
    return message;
  }

  /** One of several writers puts a message, waiting for room; false = nobody can get it any more. */
  put(port: Port, message: Packed): boolean {
    port.step();
    takeLock(port, this.#writeLock);
    let { from } = message;
    while (from < message.to) {
      const count = this.#write(port, message, from);
      if (count === BROKEN) break;
      from += count;
    }
    giveLock(port, this.#writeLock);
    return from === message.to;
  }

  /** The only reader gets a message if one has begun to come; null = there is none now. */
  poll(port: Port): Received | null {
    if (bytesIn(port.memory, this.pipe) === 0) return null;
    port.step();
    return this.#read(port, NOBODY);
  }

  /** There is room for the whole. Precondition: the caller is the only writer now. */
  hasRoomFor(port: Port, { from, to }: Packed): boolean {
    return roomIn(port.memory, this.pipe) >= to - from;
  }

  /** Who has more to put should go on. */
  isHalfEmpty({ memory }: Port): boolean {
    return roomIn(memory, this.pipe) >= capacityOf(memory, this.pipe) / 2;
  }

  /** Writes as much as there is room for, and returns how much: of a short message all or nothing. As `hasRoomFor`. */
  offer(port: Port, message: Packed): number {
    if (roomIn(port.memory, this.pipe) < Math.min(message.to - message.from, ATOMIC_BYTES)) return 0;
    return this.#write(port, message, message.from);
  }

  #write(port: Port, message: Packed, from: number): number {
    const { bytes, to } = message;
    const count = write(port, this.pipe, bytes, from, to, needOf(to - message.from));
    if (count === BROKEN || !port.logged) return count;
    const whole = count === to - message.from;
    const text = whole ? textOf(bytes.subarray(from)) : 0;
    port.log(Kind.SEND, 0, this.pipe, count, from + count === to ? 1 : 0, text);
    return count;
  }

  #read(port: Port, roomMade: () => void): Received | null {
    const come = readWithHead(port, this.pipe, headBytes, inbox, payloadLength);
    if (come === END_OF_FILE) return null;
    roomMade();
    if (!this.#fill(port, { bytes: headBytes, from: come, to: HEAD_BYTES }, roomMade)) return null;
    const to = payloadLength(headBytes);
    const bytes = to <= inbox.length ? inbox : new Uint8Array(to);
    if (!this.#fill(port, { bytes, from: Math.max(0, come - HEAD_BYTES), to }, roomMade)) return null;
    if (port.logged) port.log(Kind.RECEIVE, 0, this.pipe, HEAD_BYTES + to, 1, textOf(headBytes));
    return { head: headBytes, payload: { bytes, from: 0, to } };
  }

  #fill(port: Port, { bytes, from, to }: Packed, roomMade: () => void): boolean {
    let done = from;
    while (done < to) {
      const count = read(port, this.pipe, bytes, done, to);
      if (count === END_OF_FILE) return false;
      done += count;
      roomMade();
    }
    return true;
  }
}

receives('PoolQueue', (pipe, details) => PoolQueue.receive([pipe, ...(details as (number | null)[])]));
