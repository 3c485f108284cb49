import { asObjectId, asTextRef, type ObjectId, type TextRef } from '../../../base/ids.ts';
import { peek } from '../../../abi/words.ts';

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
  readonly payload: Uint8Array;
}

/** What came of a task. */
export interface Reply extends Address {
  readonly succeeded: boolean;
  readonly text: TextRef;
  readonly payload: Uint8Array;
}

function compose(kind: number, target: number, text: TextRef, address: Address, payload: Uint8Array): Uint8Array {
  const { result, index, number } = address;
  const length = HEAD_BYTES + payload.length;
  const message = new Uint8Array(length);
  const words = Int32Array.of(length, text, kind, result, index, number, target);
  message.set(new Uint8Array(words.buffer));
  message.set(payload, HEAD_BYTES);
  return message;
}

function headOf(message: Uint8Array): Int32Array {
  return new Int32Array(message.slice(0, HEAD_BYTES).buffer);
}

export function taskMessage(task: Task): Uint8Array {
  return compose(task.kind, task.target, task.text, task, task.payload);
}

export function replyMessage(reply: Reply): Uint8Array {
  return compose(reply.succeeded ? 1 : 0, 0, reply.text, reply, reply.payload);
}

/** Bytes of a message that begins with this head. */
export function lengthOf(head: Uint8Array): number {
  return peek(headOf(head), LENGTH);
}

export function textOf(message: Uint8Array): TextRef {
  return asTextRef(peek(headOf(message), TEXT));
}

function addressOf(head: Int32Array): Address {
  return { result: asObjectId(peek(head, RESULT)), index: peek(head, INDEX), number: peek(head, NUMBER) };
}

export function readTask(message: Uint8Array): Task {
  const head = headOf(message);
  return {
    ...addressOf(head),
    kind: peek(head, KIND) as TaskKind,
    target: peek(head, TARGET),
    text: asTextRef(peek(head, TEXT)),
    payload: message.subarray(HEAD_BYTES),
  };
}

export function readReply(message: Uint8Array): Reply {
  const head = headOf(message);
  return {
    ...addressOf(head),
    succeeded: peek(head, KIND) !== 0,
    text: asTextRef(peek(head, TEXT)),
    payload: message.subarray(HEAD_BYTES),
  };
}
