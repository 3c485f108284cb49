import { Packr, RESERVE_START_SPACE } from 'msgpackr';
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
 * Without records msgpackr generates no code, so a strict content policy may forbid eval.
 */
const packr = new Packr({ useRecords: false, variableMapSize: true, useToJSON: false });

const TABLE = 0xc1;

/** @param program the sender's. @throws TypeError `cannot pickle '…' object`; RecursionError */
export function encode(value: unknown, program: Instance): Uint8Array {
  if (isPlain(value)) return packr.pack(value);
  const writer = new NodeWriter(program);
  writer.addNode(value);
  const bytes = packr.pack(writer.nodes, RESERVE_START_SPACE | 1);
  bytes[0] = TABLE;
  return bytes;
}

/** Precondition: the bytes are private, not shared. @param program the receiver's. @throws UnpicklingError */
export function decode(bytes: Uint8Array, program: Instance, receive: ReceiveHandle): unknown {
  if (bytes[0] !== TABLE) return read(bytes);
  const nodes = read(bytes.subarray(1)) as readonly Node[];
  return new NodeReader(nodes, program, receive).value(0);
}

/** Bytes that nobody packed so come from a pipe whose readers or writers took no turns. */
function read(bytes: Uint8Array): unknown {
  try {
    return packr.unpack(bytes);
  } catch {
    throw new UnpicklingError('pickle data was truncated');
  }
}

/** A value as bytes that `unpack` makes equal in any process of the program. @throws TypeError; RecursionError */
export function pack(value: unknown): Uint8Array {
  return encode(value, current().program);
}

/** Precondition: the bytes are private, not shared; the calling process may have what they name. */
export function unpack(bytes: Uint8Array): unknown {
  const { program, receive } = current();
  return decode(bytes, program, receive);
}
