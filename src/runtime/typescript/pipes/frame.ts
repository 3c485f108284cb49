import type { ObjectId } from '../../../base/ids.ts';
import { Kind } from '../../../abi/record.ts';
import { appendText } from '../../../abi/text.ts';
import { BROKEN, END_OF_FILE, read, write } from '../../../sync/pipe.ts';
import type { Port } from '../../../sync/port.ts';
import { BrokenPipeError, EOFError, OSError } from '../errors.ts';
import { unpack } from '../codec/message.ts';
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

/** Of this host's one thread: what is written next, what was read last. */
const wholeBytes = new Uint8Array(HEADER_BYTES + LONGEST_WHOLE);
const headerBytes = new Uint8Array(HEADER_BYTES);

/** What a message says. */
export type Show = (body: Uint8Array) => string;

/** Unpacks a message, once: to show it, to hand it over, or both. */
export function opener(): (body: Uint8Array) => unknown {
  let opened: { readonly value: unknown } | null = null;
  return (body) => (opened ??= { value: unpack(body) }).value;
}

/** Called between the two pieces: they are visible operations each. */
export type Between = () => void;

/** The pieces are one visible operation. */
export const IN_ONE_STEP: Between = () => undefined;

// A DataView for each message would cost as much as all else together.
function putLength(bytes: Uint8Array, length: number): void {
  bytes[0] = length >>> 24;
  bytes[1] = length >>> 16;
  bytes[2] = length >>> 8;
  bytes[3] = length;
}

function lengthIn(bytes: Uint8Array): number {
  const [a, b, c, d] = [byteAt(bytes, 0), byteAt(bytes, 1), byteAt(bytes, 2), byteAt(bytes, 3)];
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] as number;
}

/** Bytes that a message of this length takes up in a pipe. */
function frameBytes(length: number): number {
  return HEADER_BYTES + length;
}

/** Bytes that must fit before any of a message's are written. */
export function firstPiece(length: number): number {
  return length <= LONGEST_WHOLE ? frameBytes(length) : HEADER_BYTES;
}

export function badLength(): OSError {
  return new OSError('bad message length');
}

/**
 * Writes a message; `show` says what it is, for the record. Waits while there is no room.
 * @throws BrokenPipeError when nobody can read it
 */
export function writeFrame(port: Port, pipe: ObjectId, body: Uint8Array, show: () => string, between: Between): void {
  if (body.length >= SENSELESS_LENGTH) throw badLength();
  if (body.length > LONGEST_WHOLE) {
    putLength(headerBytes, body.length);
    writeAll(port, pipe, headerBytes, null);
    between();
    writeAll(port, pipe, body, show);
  } else {
    const whole = wholeBytes.subarray(0, frameBytes(body.length));
    putLength(whole, body.length);
    whole.set(body, HEADER_BYTES);
    writeAll(port, pipe, whole, show);
  }
}

/** `show`: these bytes end a message. Each piece that finds room has its record, before the next one is waited for. */
function writeAll(port: Port, pipe: ObjectId, bytes: Uint8Array, show: (() => string) | null): void {
  for (let done = 0; done < bytes.length;) {
    const count = write(port, pipe, bytes, done);
    if (count === BROKEN) throw new BrokenPipeError();
    done += count;
    logTransfer(port, Kind.SEND, pipe, count, done === bytes.length ? show : null);
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
  most = SENSELESS_LENGTH,
): Uint8Array | null {
  readAll(port, pipe, headerBytes, 0, HEADER_BYTES, null);
  const length = lengthIn(headerBytes);
  if (length >= SENSELESS_LENGTH) throw badLength();
  if (length > most) return null;
  between();
  let body = new Uint8Array(Math.min(length, FIRST_ROOM));
  readAll(port, pipe, body, 0, length, show);
  while (body.length < length) {
    const longer = new Uint8Array(Math.min(length, body.length * 2));
    longer.set(body);
    readAll(port, pipe, longer, body.length, length, show);
    body = longer;
  }
  return body;
}

/** Fills `target` from `from` on, of a piece of `length` bytes. `show`: it ends a message. Each read has its record. */
function readAll(
  port: Port,
  pipe: ObjectId,
  target: Uint8Array,
  from: number,
  length: number,
  show: Show | null,
): void {
  for (let done = from; done < target.length;) {
    const count = read(port, pipe, target, done);
    if (count === END_OF_FILE) {
      if (done === 0) throw new EOFError();
      throw new OSError('got end of file during message');
    }
    done += count;
    logTransfer(port, Kind.RECEIVE, pipe, count, show === null || done < length ? null : () => show(target));
  }
}

function logTransfer(port: Port, kind: Kind, pipe: ObjectId, bytes: number, show: (() => string) | null): void {
  if (!port.logged) return;
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
