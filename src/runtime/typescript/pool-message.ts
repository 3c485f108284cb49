import { asObjectId, type ObjectId } from '../../base/ids.ts';
import { peek } from '../../abi/words.ts';

/**
 * What goes through a pool's two pipes: a few words, then what the codec made of the arguments or of the result. The words
 * name everything by number (the result's row, the function's place in the program), so the handler passes a result on
 * without reading it.
 */
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

export interface Task {
  readonly kind: TaskKind;
  readonly result: ObjectId;
  /** Which part of the result it gives. */
  readonly index: number;
  /** Counted from 1 in each pool. */
  readonly number: number;
  /** Place of the function among the program's. */
  readonly target: number;
  readonly payload: Uint8Array;
}

/** What came of a task. */
export interface Reply {
  readonly result: ObjectId;
  readonly index: number;
  readonly number: number;
  readonly succeeded: boolean;
  readonly payload: Uint8Array;
}

const TASK_WORDS = 5;
const REPLY_WORDS = 4;

function join(words: readonly number[], payload: Uint8Array): Uint8Array {
  const message = new Uint8Array(words.length * 4 + payload.length);
  message.set(new Uint8Array(Int32Array.from(words).buffer));
  message.set(payload, words.length * 4);
  return message;
}

function wordsOf(message: Uint8Array, count: number): Int32Array {
  return new Int32Array(message.slice(0, count * 4).buffer);
}

export function taskMessage({ kind, result, index, number, target, payload }: Task): Uint8Array {
  return join([kind, result, index, number, target], payload);
}

export function readTask(message: Uint8Array): Task {
  const words = wordsOf(message, TASK_WORDS);
  return {
    kind: peek(words, 0) as TaskKind,
    result: asObjectId(peek(words, 1)),
    index: peek(words, 2),
    number: peek(words, 3),
    target: peek(words, 4),
    payload: message.subarray(TASK_WORDS * 4),
  };
}

export function replyMessage({ result, index, number, succeeded, payload }: Reply): Uint8Array {
  return join([result, index, number, succeeded ? 1 : 0], payload);
}

export function readReply(message: Uint8Array): Reply {
  const words = wordsOf(message, REPLY_WORDS);
  return {
    result: asObjectId(peek(words, 0)),
    index: peek(words, 1),
    number: peek(words, 2),
    succeeded: peek(words, 3) !== 0,
    payload: message.subarray(REPLY_WORDS * 4),
  };
}
