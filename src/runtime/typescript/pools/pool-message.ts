import { asObjectId, asTextRef, type ObjectId, type TextRef } from '../../../base/ids.ts';
import { packInPassing, unpack } from '../codec/message.ts';
import type { Packed } from '../codec/plain-writer.ts';

/**
 * What goes through a pool's two pipes: some words, then what the codec made of the arguments or of the result. The words
 * name everything by number (the result's row, the function's place in the program), so the handler passes a result on
 * without reading it.
 *
 *   LENGTH   of the whole, in bytes
 *   TEXT     what it says, for the record; written once, by the sender
 *   KIND     of a task: `TaskKind`; of a reply: 1 = the task succeeded
 *   RESULT, INDEX, NUMBER, TARGET   as in `Task`
 */
const LENGTH = 0;
const TEXT = 1;
const KIND = 2;
const RESULT = 3;
const INDEX = 4;
const NUMBER = 5;
const TARGET = 6;
const HEAD_WORDS = 7;

export const HEAD_BYTES = HEAD_WORDS * 4;

export const TaskKind = {
  /** No task: look whether you are to leave. */
  NUDGE: 0,
  /** `func(...args)`; the payload is the arguments. */
  CALL: 1,
  /** `func(item)` for each; the payload is the items. */
  MAP: 2,
  /** `func(...item)` for each. */
  STARMAP: 3,
  /** Only in the backlog, for the handler: the task could not be sent; the payload is the error. */
  FAILED: 4,
} as const;
export type TaskKind = (typeof TaskKind)[keyof typeof TaskKind];

/** Whose a message is. */
export interface Address {
  readonly result: ObjectId;
  /** Which part of the result it gives. */
  readonly index: number;
  /** Of the task: counted from 1 in each pool. */
  readonly number: number;
}

export interface Task extends Address {
  readonly kind: TaskKind;
  /** Place of the function among the program's. */
  readonly target: number;
  readonly text: TextRef;
  readonly payload: Packed;
}

/** What came of a task. */
export interface Reply extends Address {
  readonly succeeded: boolean;
  readonly text: TextRef;
  readonly payload: Packed;
}

/** What stands in front of a payload that was packed with room for it. */
interface Head {
  readonly kind: number;
  readonly target: number;
  readonly text: TextRef;
  readonly address: Address;
}

// Byte by byte: a view of four bytes each would cost as much as all else, and a payload begins where it happens to.
function putWord({ bytes, from }: Packed, word: number, value: number): void {
  const at = from + word * 4;
  bytes[at] = value;
  bytes[at + 1] = value >> 8;
  bytes[at + 2] = value >> 16;
  bytes[at + 3] = value >> 24;
}

function wordIn({ bytes, from }: Packed, word: number): number {
  const at = from + word * 4;
  const byte = (n: number): number => bytes[at + n] as number;
  return byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24);
}

/** Writes the head of a message into the room in front of its payload. */
function complete(message: Packed, { kind, target, text, address }: Head): Packed {
  putWord(message, LENGTH, message.to - message.from);
  putWord(message, TEXT, text);
  putWord(message, KIND, kind);
  putWord(message, RESULT, address.result);
  putWord(message, INDEX, address.index);
  putWord(message, NUMBER, address.number);
  putWord(message, TARGET, target);
  return message;
}

/** Packs a payload, with room for a head in front. It must be sent before another one is packed. */
export function packPayload(value: unknown): Packed {
  return packInPassing(value, HEAD_BYTES);
}

/** A payload of no bytes. */
export function noPayload(): Packed {
  return { bytes: new Uint8Array(HEAD_BYTES), from: 0, to: HEAD_BYTES };
}

/** What was packed as a payload. */
export function openPayload({ bytes, from, to }: Packed): unknown {
  return unpack(bytes.subarray(from + HEAD_BYTES, to));
}

/** The bytes of a payload, to be copied at once. */
export function payloadBytes({ bytes, from, to }: Packed): Uint8Array {
  return bytes.subarray(from + HEAD_BYTES, to);
}

/** A message as it goes through a pipe. */
export function taskMessage(task: Task): Packed {
  return complete(task.payload, { kind: task.kind, target: task.target, text: task.text, address: task });
}

export function replyMessage(reply: Reply): Packed {
  return complete(reply.payload, { kind: reply.succeeded ? 1 : 0, target: 0, text: reply.text, address: reply });
}

/** Bytes of a message that begins with this head. */
export function lengthOf(head: Packed): number {
  return wordIn(head, LENGTH);
}

export function textOf(message: Packed): TextRef {
  return asTextRef(wordIn(message, TEXT));
}

export function readTask(message: Packed): Task {
  return {
    result: asObjectId(wordIn(message, RESULT)),
    index: wordIn(message, INDEX),
    number: wordIn(message, NUMBER),
    kind: wordIn(message, KIND) as TaskKind,
    target: wordIn(message, TARGET),
    text: textOf(message),
    payload: message,
  };
}

export function readReply(message: Packed): Reply {
  return {
    result: asObjectId(wordIn(message, RESULT)),
    index: wordIn(message, INDEX),
    number: wordIn(message, NUMBER),
    succeeded: wordIn(message, KIND) !== 0,
    text: textOf(message),
    payload: message,
  };
}
