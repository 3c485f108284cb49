import type { ObjectId, Tid } from '../../base/ids.ts';
import { Control } from '../../abi/control.ts';
import { LOG_AT, RECORD_WORDS, type Memory } from '../../abi/layout.ts';
import { LOG_CAPACITY } from '../../abi/limits.ts';
import { Kind, kindOf } from '../../abi/record.ts';
import { peek } from '../../abi/words.ts';

/** A piece of a message: whether it is the last, and a text of the whole, 0 = none. */
export interface Piece {
  readonly ends: boolean;
  readonly text: number;
}

/** Bytes of which nobody has said what they are. */
const BYTES: Piece = { ends: true, text: 0 };
const MIDDLE: Piece = { ends: false, text: 0 };

/** What threads are about to write, in the program's words: the kernel sees only bytes. */
export class Messages {
  readonly #outgoing = new Map<Tid, Piece & { left: number }>();

  /** The thread will write so many bytes. */
  announce(tid: Tid, bytes: number, piece: Piece): void {
    this.#outgoing.set(tid, { ...piece, left: bytes });
  }

  /** What is to be said of so many bytes that it has written. */
  wrote(tid: Tid, bytes: number): Piece {
    const piece = this.#outgoing.get(tid);
    if (piece === undefined) return BYTES;
    piece.left -= bytes;
    if (piece.left > 0) return MIDDLE;
    this.#outgoing.delete(tid);
    return piece;
  }
}

/** Further back nobody looks for what was sent. */
const MOST_RECORDS = 10_000;

/**
 * What the bytes are that have just been read, when so many are `left` in the pipe: bytes leave it in the order in which they were written,
 * so that the log knows.
 */
export function pieceRead({ words }: Memory, pipe: ObjectId, left: number): Piece {
  const count = Atomics.load(words, Control.LOG_HEAD);
  const first = Math.max(0, count - Math.min(MOST_RECORDS, LOG_CAPACITY));
  let behind = left;
  for (let n = count - 1; n >= first; n -= 1) {
    const at = LOG_AT + (n & (LOG_CAPACITY - 1)) * RECORD_WORDS;
    // In live mode others may be writing theirs.
    if (Atomics.load(words, at + RECORD_WORDS - 1) !== n + 1) continue;
    if (kindOf(peek(words, at)) !== Kind.SEND || peek(words, at + 3) !== pipe) continue;
    if (behind === 0) return { ends: peek(words, at + 5) === 1, text: peek(words, at + 6) };
    behind -= peek(words, at + 4);
    if (behind < 0) return MIDDLE;
  }
  return BYTES;
}
