import type { ObjectId } from '../../../base/ids.ts';
import { End } from '../../../abi/pipe-row.ts';
import { Operation, Outcome } from '../../../abi/record.ts';
import { awaitReadable, isReadable, isWritable } from '../../../sync/pipe.ts';
import type { Awaited } from '../../../sync/poll.ts';
import type { Port } from '../../../sync/port.ts';
import { current } from '../current.ts';
import { BufferTooShort, OSError, ValueError } from '../errors.ts';
import {
  badLength,
  firstPiece,
  firstPieceOf,
  inOwnBuffer,
  packFrame,
  readFrame,
  writeBytes,
  writeFrame,
  type Between,
  type Message,
  type Room,
  type Show,
} from './frame.ts';
import { repr } from '../format.ts';
import { SEND, type Sendable } from '../handle.ts';
import { attempt, logCall, logDone, loggedTicks, outcomeOf, timeoutTicks } from '../operation.ts';
import { closedHandle, dispatch, wrap } from '../codec/parcel.ts';
import { PipeEnd } from './pipe-end.ts';
import { shown } from '../shown.ts';
import { AWAIT, type Waitable } from './waitable.ts';
import { receives } from '../codec/receivers.ts';

function checkedBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  throw new TypeError(`a bytes-like object is required, not '${typeof value}'`);
}

/** Between a message's length and the rest. */
const step: Between = () => current().port.step();

const valueOf = (message: Message): unknown => message.value;
const showValue: Show = (message) => shown(message.value);
const bytesOf = (message: Message): Uint8Array => message.bytes;
const showBytes: Show = (message) => shown(message.bytes);

/** The part of the bytes that is to be sent. */
function partOf(bytes: Uint8Array, offset: number, size: number | null): Uint8Array {
  if (offset < 0) throw new ValueError('offset is negative');
  if (bytes.length < offset) throw new ValueError('buffer length < offset');
  if (size === null) return view(bytes, offset, bytes.length);
  if (size < 0) throw new ValueError('size is negative');
  if (offset + size > bytes.length) throw new ValueError('buffer length < offset + size');
  return view(bytes, offset, offset + size);
}

/** No view is made of the whole: for a short message it would be a good part of the cost. */
function view(bytes: Uint8Array, begin: number, end: number): Uint8Array {
  return begin === 0 && end === bytes.length ? bytes : bytes.subarray(begin, end);
}

/**
 * `multiprocessing.connection.Connection`: an end of a pipe, for whole messages. Sent to another process it is open there
 * too, and so counts twice.
 */
export class Connection implements Sendable, Waitable {
  readonly #reader: PipeEnd | null;
  readonly #writer: PipeEnd | null;
  #closed = false;
  #readable: boolean;

  /** For `Pipe` and the codec. */
  constructor(reader: PipeEnd | null, writer: PipeEnd | null) {
    this.#reader = reader;
    this.#writer = writer;
    this.#readable = reader !== null;
  }

  /** What `SEND` gave. */
  static receive(parts: readonly (number | null)[]): Connection {
    const { port } = current();
    const [readPipe, reader, writePipe, writer] = parts as [number, number | null, number, number | null];
    return new Connection(
      reader === null ? null : PipeEnd.receive(port, readPipe, End.READ, reader),
      writer === null ? null : PipeEnd.receive(port, writePipe, End.WRITE, writer),
    );
  }

  get closed(): boolean {
    const { port } = current();
    this.#closed ||= this.#reader?.isOpen(port) === false || this.#writer?.isOpen(port) === false;
    return this.#closed;
  }

  get readable(): boolean {
    return this.#readable;
  }

  get writable(): boolean {
    return this.#writer !== null;
  }

  /** The number of the open file. @throws OSError when it is closed */
  fileno(): number {
    this.#checkOpen();
    const { port } = current();
    return (this.#ends[0] as PipeEnd).number(port);
  }

  /**
   * Sends a value of any kind that can be sent; waits while there is no room for it.
   * @throws BrokenPipeError when nobody can receive it; OSError; TypeError `cannot pickle …`
   */
  send(value: unknown): void {
    const end = this.#checkWritable();
    const { port } = current();
    port.step();
    const parcel = wrap('pipe', () => packFrame(value));
    const { packed } = parcel;
    dispatch(port, parcel, () => {
      this.#write(port, end.pipe, firstPiece(packed), () =>
        writeFrame(port, end.pipe, packed, () => shown(value), step),
      );
    });
  }

  /**
   * Receives what was sent; waits while there is nothing. Two steps: the length, then the rest.
   * @throws EOFError when there is nothing and nobody can send any more; OSError; UnpicklingError when these are no
   *   bytes that `send` has sent
   */
  recv(): unknown {
    return this.#read(showValue, valueOf);
  }

  /** Sends bytes, or `size` of them from `offset` on, as one message. */
  sendBytes(bytes: Uint8Array | ArrayBufferView | ArrayBuffer, offset = 0, size: number | null = null): void {
    const end = this.#checkWritable();
    const part = partOf(checkedBytes(bytes), offset, size);
    const { port } = current();
    port.step();
    this.#write(port, end.pipe, firstPieceOf(part.length), () =>
      writeBytes(port, end.pipe, part, () => shown(part), step),
    );
  }

  /** Receives one message of bytes. @throws OSError when it is longer than `maxLength`: nothing more can be received then */
  recvBytes(maxLength: number | null = null): Uint8Array {
    if (maxLength !== null && maxLength < 0) throw new ValueError('negative maxlength');
    return this.#read(showBytes, bytesOf, inOwnBuffer, maxLength ?? undefined);
  }

  /**
   * Receives one message of bytes into a buffer, from `offset` on. Returns how many they are.
   * @throws BufferTooShort when it does not fit: the error has it
   */
  recvBytesInto(buffer: ArrayBufferView | ArrayBuffer, offset = 0): number {
    const target = checkedBytes(buffer);
    if (offset < 0) throw new ValueError('negative offset');
    if (offset > target.length) throw new ValueError('offset too large');
    const fits = (length: number): boolean => offset + length <= target.length;
    const room: Room = (length) => (fits(length) ? view(target, offset, offset + length) : inOwnBuffer(length));
    return this.#read(
      showBytes,
      ({ bytes, length }) => {
        if (!fits(length)) throw new BufferTooShort(repr(bytes), [bytes]);
        return length;
      },
      room,
    );
  }

  /** Whether something can be received, or will be within `timeout` seconds; null = wait for ever. The end of file counts. */
  poll(timeout: number | null = 0): boolean {
    const { pipe } = this.#checkReadable();
    const { port } = current();
    const ticks = timeoutTicks(timeout);
    port.step();
    if (ticks > 0 && !isReadable(port.memory, pipe)) logCall(port, Operation.POLL, pipe, loggedTicks(ticks));
    const ready = awaitReadable(port, pipe, ticks);
    logDone(port, Operation.POLL, pipe, outcomeOf(ready, ticks > 0));
    return ready;
  }

  /** Closes this end in this process. Others who have it keep theirs. Nothing happens if it is closed. */
  close(): void {
    if (this.closed) return;
    const { port } = current();
    port.step();
    this.#close(port);
  }

  toString(): string {
    return '<multiprocessing.connection.Connection object>';
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    this.#checkOpen();
    const { port } = current();
    const reader = this.#reader?.send(port) ?? null;
    const writer = this.#writer?.send(port) ?? null;
    return ['Connection', this.#reader?.pipe ?? 0, reader, this.#writer?.pipe ?? 0, writer];
  }

  [AWAIT](port: Port): Awaited {
    const { pipe } = this.#checkReadable();
    return { object: pipe, isReady: () => isReadable(port.memory, pipe) };
  }

  get #ends(): readonly PipeEnd[] {
    return [this.#reader, this.#writer].filter((end) => end !== null);
  }

  #checkOpen(): void {
    if (this.closed) throw closedHandle();
  }

  #checkReadable(): PipeEnd {
    this.#checkOpen();
    if (this.#reader === null || !this.#readable) throw new OSError('connection is write-only');
    return this.#reader;
  }

  #checkWritable(): PipeEnd {
    this.#checkOpen();
    if (this.#writer === null) throw new OSError('connection is read-only');
    return this.#writer;
  }

  #close(port: Port): void {
    this.#closed = true;
    for (const end of this.#ends) end.close(port);
    logDone(port, Operation.CLOSE, (this.#ends[0] as PipeEnd).pipe, Outcome.OK);
  }

  /** `first`: bytes that must fit before any are written. */
  #write(port: Port, pipe: ObjectId, first: number, write: () => void): void {
    if (port.logged && !isWritable(port.memory, pipe, first)) logCall(port, Operation.SEND, pipe);
    attempt(port, Operation.SEND, pipe, write);
  }

  #read<T>(show: Show, open: (message: Message) => T, room?: Room, most?: number): T {
    const { pipe } = this.#checkReadable();
    const { port } = current();
    port.step();
    if (port.logged && !isReadable(port.memory, pipe)) logCall(port, Operation.RECEIVE, pipe);
    return attempt(port, Operation.RECEIVE, pipe, () => {
      const message = readFrame(port, pipe, show, step, room, most);
      if (message !== null) return open(message);
      // What follows in the pipe is no message: nothing can be received any more.
      if (this.#writer === null) this.#close(port);
      else this.#readable = false;
      throw badLength();
    });
  }
}

receives('Connection', (pipe, details) => Connection.receive([pipe, ...(details as (number | null)[])]));
