import type { ObjectId } from '../../../base/ids.ts';
import { Kind } from '../../../abi/record.ts';
import { appendText } from '../../../abi/text.ts';
import { BROKEN, END_OF_FILE, needOf, read, readWithHead, write } from '../../../sync/pipe.ts';
import type { Port } from '../../../sync/port.ts';
import { BrokenPipeError, EOFError, OSError } from '../errors.ts';
import { packInPassing, unpack } from '../codec/message.ts';
import type { Packed } from '../codec/plain-writer.ts';
import { passOnFaults } from '../uncatchable.ts';

/**
 * A message in a pipe, framed as CPython's `Connection` frames it: its length in four bytes, the most significant first,
 * then so many bytes. A short one is written at once, with its length. It is read in two pieces in any case, so two
 * readers who take no turns can get a piece each.
 */
const HEADER_BYTES = 4;
/** Longer ones are written in two pieces. */
const LONGEST_WHOLE = 16_384;
/** No message is that long: who reads such a length has read something else. */
const SENSELESS_LENGTH = 1 << 28;
/** What is reserved for a message before any of it is there. */
const FIRST_ROOM = 1 << 20;
/** Longer ones are read into a buffer of their own. */
const INBOX_BYTES = 1 << 17;

// Of this host's one thread. To make a buffer for each message would cost more than all else together.
const headerBytes = new Uint8Array(HEADER_BYTES);
const outbox = new Uint8Array(HEADER_BYTES + LONGEST_WHOLE);
const inbox = new Uint8Array(INBOX_BYTES);

/** A message that was read: the bytes up to `length`. They are there until the next one is read. */
export class Message {
  readonly bytes: Uint8Array;
  readonly length: number;
  #isOpen = false;
  #value: unknown = null;

  constructor(bytes: Uint8Array, length: number) {
    this.bytes = bytes;
    this.length = length;
  }

  /** What was packed. Unpacked once: to show it, to hand it over, or both. @throws UnpicklingError */
  get value(): unknown {
    if (!this.#isOpen) {
      this.#value = unpack(this.bytes, 0, this.length);
      this.#isOpen = true;
    }
    return this.#value;
  }
}

/** Where a message of so many bytes is to be put. Whoever has room for a part only gets the rest as it comes. */
export type Room = (length: number) => Uint8Array;

/** What a message says. */
export type Show = (message: Message) => string;

/** For whoever is done with a message before the next one is read. */
const inInbox: Room = (length) => (length <= INBOX_BYTES ? inbox : inOwnBuffer(length));

/** For whoever keeps it. */
export const inOwnBuffer: Room = (length) => new Uint8Array(Math.min(length, FIRST_ROOM));

/** Packs a value as a message; it must be written before another one is packed. @throws TypeError; RecursionError */
export function packFrame(value: unknown): Packed {
  return packInPassing(value, HEADER_BYTES);
}

/** Called between the two pieces: they are visible operations each. */
export type Between = () => void;

/** The pieces are one visible operation. */
export const IN_ONE_STEP: Between = () => undefined;

// A DataView for each message would cost as much as all else together.
function putLength(bytes: Uint8Array, at: number, length: number): void {
  bytes[at] = length >>> 24;
  bytes[at + 1] = length >>> 16;
  bytes[at + 2] = length >>> 8;
  bytes[at + 3] = length;
}

function lengthIn(bytes: Uint8Array): number {
  const [a, b, c, d] = [byteAt(bytes, 0), byteAt(bytes, 1), byteAt(bytes, 2), byteAt(bytes, 3)];
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] as number;
}

/** Bytes that must fit before any of a frame's are written. */
export function firstPiece({ from, to }: Packed): number {
  return to - from <= HEADER_BYTES + LONGEST_WHOLE ? to - from : HEADER_BYTES;
}

/** The same of a message of so many bytes. */
export function firstPieceOf(length: number): number {
  return length <= LONGEST_WHOLE ? HEADER_BYTES + length : HEADER_BYTES;
}

export function badLength(): OSError {
  return new OSError('bad message length');
}

/**
 * Writes a message that was packed with its header's room; `show` says what it is, for the record. Waits while there is no room.
 * @throws BrokenPipeError when nobody can read it
 */
export function writeFrame(port: Port, pipe: ObjectId, frame: Packed, show: () => string, between: Between): void {
  const { bytes, from, to } = frame;
  const body = from + HEADER_BYTES;
  refuseLength(to - body);
  putLength(bytes, from, to - body);
  if (to - body > LONGEST_WHOLE) {
    writeAll(port, pipe, bytes, from, body, null);
    between();
    writeAll(port, pipe, bytes, body, to, show);
  } else {
    writeAll(port, pipe, bytes, from, to, show);
  }
}

/** The same for bytes as they are. */
export function writeBytes(port: Port, pipe: ObjectId, body: Uint8Array, show: () => string, between: Between): void {
  const { length } = body;
  refuseLength(length);
  if (length > LONGEST_WHOLE) {
    putLength(headerBytes, 0, length);
    writeAll(port, pipe, headerBytes, 0, HEADER_BYTES, null);
    between();
    writeAll(port, pipe, body, 0, length, show);
  } else {
    putLength(outbox, 0, length);
    outbox.set(body, HEADER_BYTES);
    writeAll(port, pipe, outbox, 0, HEADER_BYTES + length, show);
  }
}

function refuseLength(length: number): void {
  if (length >= SENSELESS_LENGTH) throw badLength();
}

/** `show`: these bytes end a message. Each piece that finds room has its record, before the next one is waited for. */
function writeAll(
  port: Port,
  pipe: ObjectId,
  bytes: Uint8Array,
  from: number,
  to: number,
  show: (() => string) | null,
): void {
  const need = needOf(to - from);
  for (let done = from; done < to;) {
    const count = write(port, pipe, bytes, done, to, need);
    if (count === BROKEN) throw new BrokenPipeError();
    done += count;
    if (port.logged) logTransfer(port, Kind.SEND, pipe, count, done === to ? show : null);
  }
}

/**
 * Reads a message; waits while there is none. `show` says what it is, for the record. Null: it is longer than `most`, and
 * its length alone was read.
 * @throws EOFError at the end of the file; OSError when it ends within the message, or the length makes no sense
 */
export function readFrame(
  port: Port,
  pipe: ObjectId,
  show: Show,
  between: Between,
  room = inInbox,
  most = SENSELESS_LENGTH,
): Message | null {
  if (between === IN_ONE_STEP && room === inInbox) {
    const message = readAtOnce(port, pipe, show);
    if (message !== null) return message;
  } else {
    readAll(port, pipe, headerBytes, 0, HEADER_BYTES, null, null);
  }
  const length = lengthIn(headerBytes);
  if (length >= SENSELESS_LENGTH) throw badLength();
  if (length > most) return null;
  between();
  let bytes = room(length);
  let come = 0;
  for (;;) {
    const to = Math.min(length, bytes.length);
    const message = new Message(bytes, length);
    readAll(port, pipe, bytes, come, to, message, to < length ? null : show);
    if (to === length) return message;
    const longer = new Uint8Array(Math.min(length, to * 2));
    longer.set(bytes);
    bytes = longer;
    come = to;
  }
}

/** Reads a message that is there as a whole. Null: of one that is not, or is a long one, the header is read. */
function readAtOnce(port: Port, pipe: ObjectId, show: Show): Message | null {
  const count = readWithHead(port, pipe, headerBytes, inbox, lengthIn);
  if (count === END_OF_FILE) throw new EOFError();
  if (port.logged) logTransfer(port, Kind.RECEIVE, pipe, Math.min(count, HEADER_BYTES), null);
  if (count <= HEADER_BYTES) {
    readAll(port, pipe, headerBytes, count, HEADER_BYTES, null, null);
    return null;
  }
  const message = new Message(inbox, count - HEADER_BYTES);
  if (port.logged) logTransfer(port, Kind.RECEIVE, pipe, message.length, () => show(message));
  return message;
}

/** Fills `target` from `from` up to `to`. `show`: these bytes end the message. Each read has its record. */
function readAll(
  port: Port,
  pipe: ObjectId,
  target: Uint8Array,
  from: number,
  to: number,
  message: Message | null,
  show: Show | null,
): void {
  for (let done = from; done < to;) {
    const count = read(port, pipe, target, done, to);
    if (count === END_OF_FILE) {
      if (done === 0) throw new EOFError();
      throw new OSError('got end of file during message');
    }
    done += count;
    if (!port.logged) continue;
    const shows = done === to && show !== null && message !== null;
    logTransfer(port, Kind.RECEIVE, pipe, count, shows ? () => show(message) : null);
  }
}

function logTransfer(port: Port, kind: Kind, pipe: ObjectId, bytes: number, show: (() => string) | null): void {
  const text = show === null ? 0 : appendText(port.memory, textOrNothing(show));
  port.log(kind, 0, pipe, bytes, show === null ? 0 : 1, text);
}

/** What cannot be read cannot be shown; whoever wants it hears of it. */
function textOrNothing(show: () => string): string {
  try {
    return show();
  } catch (error) {
    passOnFaults(error);
    return '';
  }
}
