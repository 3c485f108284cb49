import { Packr, RESERVE_START_SPACE, RESET_BUFFER_MODE, REUSE_BUFFER_MODE } from 'msgpackr';
import { current } from '../current.ts';
import { UnpicklingError } from '../errors.ts';
import { NodeReader, type ReceiveHandle } from './node-reader.ts';
import { NodeWriter, type Node } from './node-writer.ts';
import { NOT_PLAIN, PlainReader } from './plain-reader.ts';
import { PlainWriter, type Packed } from './plain-writer.ts';
import type { Instance } from '../program.ts';

/**
 * A value on its way to another process, in one of two forms: plain ones as msgpack has them, and all others as 0xc1, the
 * byte that begins no msgpack, and a table of nodes.
 *
 * Without records msgpackr generates no code, so a strict content policy may forbid eval. What it unpacks looks at none of the
 * bytes any more, because they may be those of a buffer that is used again.
 */
const packr = new Packr({ useRecords: false, variableMapSize: true, useToJSON: false, copyBuffers: true });

const TABLE = 0xc1;

/** What msgpackr packs is in its own buffer, and stays there until something else is packed. */
const IN_PLACE = REUSE_BUFFER_MODE | RESET_BUFFER_MODE | RESERVE_START_SPACE;

const plainWriter = new PlainWriter();
const plainReader = new PlainReader();

/** Of this host's one thread. To read bytes takes less time than to make a buffer of their own for them. */
const desk = new Uint8Array(1 << 16);

/**
 * Leaves `room` bytes free in front of the message, for whoever has something to say before it. It is there until another value
 * is packed.
 * @param program the sender's. @throws TypeError `cannot pickle '…' object`; RecursionError
 */
function encodeInPlace(value: unknown, program: Instance, room: number): Packed {
  const plain = (plainWriter.isBusy ? new PlainWriter() : plainWriter).write(value, room);
  if (plain !== null) return plain;
  const writer = new NodeWriter(program);
  writer.addNode(value);
  const bytes = packr.pack(writer.nodes, IN_PLACE | (room + 1)) as Uint8Array as MarkedBytes;
  bytes[bytes.start + room] = TABLE;
  return { bytes, from: bytes.start, to: bytes.end };
}

/** As msgpackr returns its own buffer. */
type MarkedBytes = Uint8Array & { readonly start: number; readonly end: number };

/** As `encodeInPlace`, in a buffer of its own. */
export function encode(value: unknown, program: Instance): Uint8Array {
  const { bytes, from, to } = encodeInPlace(value, program, 0);
  return new Uint8Array(bytes.subarray(from, to));
}

/** Precondition: the bytes are private, not shared. @param program the receiver's. @throws UnpicklingError */
export function decode(bytes: Uint8Array, program: Instance, receive: ReceiveHandle): unknown {
  return decodePart(bytes, 0, bytes.length, program, receive);
}

function decodePart(bytes: Uint8Array, from: number, to: number, program: Instance, receive: ReceiveHandle): unknown {
  if (bytes[from] !== TABLE) {
    const plain = plainReader.read(bytes, from, to);
    return plain === NOT_PLAIN ? read(bytes, from, to) : plain;
  }
  const nodes = read(bytes, from + 1, to) as readonly Node[];
  return new NodeReader(nodes, program, receive).value(0);
}

/** Bytes that nobody packed so come from a pipe whose readers or writers took no turns. */
function read(bytes: Uint8Array, start: number, end: number): unknown {
  try {
    return packr.unpack(bytes, start === 0 ? end : { start, end });
  } catch {
    throw new UnpicklingError('pickle data was truncated');
  }
}

/** A value as bytes that `unpack` makes equal in any process of the program. @throws TypeError; RecursionError */
export function pack(value: unknown): Uint8Array {
  return encode(value, current().program);
}

/** The same with `room` bytes free in front of it, and only until something else is packed: to be copied at once. */
export function packInPassing(value: unknown, room: number): Packed {
  return encodeInPlace(value, current().program, room);
}

/** What the bytes say, or those from `from` up to `to`. Precondition: the calling process may have what they name. */
export function unpack(bytes: Uint8Array, from = 0, to = bytes.length): unknown {
  const { program, receive } = current();
  return decodePart(bytes, from, to, program, receive);
}

/** The same for bytes in shared memory. */
export function unpackShared(bytes: Uint8Array<SharedArrayBuffer>): unknown {
  const copy = bytes.length <= desk.length ? desk : new Uint8Array(bytes.length);
  copy.set(bytes);
  return unpack(copy, 0, bytes.length);
}
