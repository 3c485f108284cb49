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

// Byte by byte: a view of four bytes each would cost as much as all else, and a message begins where it happens to.
function putWord(bytes: Uint8Array, from: number, word: number, value: number): void {
  const at = from + word * 4;
  bytes[at] = value;
  bytes[at + 1] = value >> 8;
  bytes[at + 2] = value >> 16;
  bytes[at + 3] = value >> 24;
}

function wordIn(head: Uint8Array, word: number): number {
  const at = word * 4;
  const byte = (n: number): number => head[at + n] as number;
  return byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24);
}

/** Packs a payload, with room for a head in front. It must be sent before another one is packed. */
export function packPayload(value: unknown): Packed {
  const { bytes, from, to } = packInPassing(value, HEAD_BYTES);
  return { bytes, from: from + HEAD_BYTES, to };
}

/** A payload of no bytes. */
export function noPayload(): Packed {
  return { bytes: new Uint8Array(HEAD_BYTES), from: HEAD_BYTES, to: HEAD_BYTES };
}

export function openPayload({ bytes, from, to }: Packed): unknown {
  return unpack(bytes, from, to);
}

/** As it goes through the pipe. Precondition: its payload was packed with room in front. */
export function taskMessage(task: Task): Packed {
  return completed(task, task.kind, task.target);
}

/** As `taskMessage`. */
export function replyMessage(reply: Reply): Packed {
  return completed(reply, reply.succeeded ? 1 : 0, 0);
}

function completed({ result, index, number, text, payload }: Task | Reply, kind: number, target: number): Packed {
  const { bytes, to } = payload;
  const from = payload.from - HEAD_BYTES;
  putWord(bytes, from, LENGTH, to - from);
  putWord(bytes, from, TEXT, text);
  putWord(bytes, from, KIND, kind);
  putWord(bytes, from, RESULT, result);
  putWord(bytes, from, INDEX, index);
  putWord(bytes, from, NUMBER, number);
  putWord(bytes, from, TARGET, target);
  return { bytes, from, to };
}

/** Bytes that follow a head. */
export function payloadLength(head: Uint8Array): number {
  return wordIn(head, LENGTH) - HEAD_BYTES;
}

/** Of a message that begins with this head. */
export function textOf(head: Uint8Array): TextRef {
  return asTextRef(wordIn(head, TEXT));
}

/** A message as it was read. */
export interface Received {
  readonly head: Uint8Array;
  readonly payload: Packed;
}

export function readTask({ head, payload }: Received): Task {
  return {
    result: asObjectId(wordIn(head, RESULT)),
    index: wordIn(head, INDEX),
    number: wordIn(head, NUMBER),
    kind: wordIn(head, KIND) as TaskKind,
    target: wordIn(head, TARGET),
    text: textOf(head),
    payload,
  };
}

export function readReply({ head, payload }: Received): Reply {
  return {
    result: asObjectId(wordIn(head, RESULT)),
    index: wordIn(head, INDEX),
    number: wordIn(head, NUMBER),
    succeeded: wordIn(head, KIND) !== 0,
    text: textOf(head),
    payload,
  };
}
