import { Packr, RESERVE_START_SPACE, RESET_BUFFER_MODE, REUSE_BUFFER_MODE } from 'msgpackr';
import { current } from '../current.ts';
import { UnpicklingError } from '../errors.ts';
import { NodeReader, type ReceiveHandle } from './node-reader.ts';
import { NodeWriter, type Node } from './node-writer.ts';
import { isPlain } from './plain.ts';
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

/** Bytes of a buffer from `from` up to `to`. They are there until the next message is packed. */
export interface Packed {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/**
 * Leaves `room` bytes free in front of the message, for whoever has something to say before it.
 * @param program the sender's. @throws TypeError `cannot pickle '…' object`; RecursionError
 */
function encodeInPlace(value: unknown, program: Instance, room: number): Packed {
  if (isPlain(value)) return packInPlace(value, room);
  const writer = new NodeWriter(program);
  writer.addNode(value);
  const packed = packInPlace(writer.nodes, room + 1);
  packed.bytes[packed.from + room] = TABLE;
  return packed;
}

function packInPlace(value: unknown, room: number): Packed {
  const bytes = packr.pack(value, IN_PLACE | room) as Uint8Array as Uint8Array & { start: number; end: number };
  return { bytes, from: bytes.start, to: bytes.end };
}

/** As `encodeInPlace`, in a buffer of its own. */
export function encode(value: unknown, program: Instance): Uint8Array {
  const { bytes, from, to } = encodeInPlace(value, program, 0);
  return new Uint8Array(bytes.subarray(from, to));
}

/**
 * What the bytes up to `end` say. Precondition: they are private, not shared.
 * @param program the receiver's. @throws UnpicklingError
 */
export function decode(bytes: Uint8Array, program: Instance, receive: ReceiveHandle, end = bytes.length): unknown {
  if (bytes[0] !== TABLE) return read(bytes, 0, end);
  const nodes = read(bytes, 1, end) as readonly Node[];
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

/** Precondition: the bytes up to `end` are private, not shared; the calling process may have what they name. */
export function unpack(bytes: Uint8Array, end = bytes.length): unknown {
  const { program, receive } = current();
  return decode(bytes, program, receive, end);
}
