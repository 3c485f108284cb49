import { asObjectId, NO_OBJECT, type ObjectId } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { stateWordOf } from '../abi/object-table.ts';
import type { BlockReason } from '../abi/record.ts';
import { WaitResult } from '../abi/slot.ts';
import { peek, poke } from '../abi/words.ts';
import { exitCode } from './exit-word.ts';
import type { Port } from './port.ts';

/**
 * A line in which threads wait to be called, first come, first called, each on a word of its own: what CPython's
 * `threading.Condition` makes of a deque of locks. So a call reaches exactly those who stood in line when it was made, and
 * nobody who comes later can take it from them, as one could with a single word for all.
 *
 *   two words in the owner's row; whoever touches the line holds what the owner's file names
 *   word HEAD         the own row of the thread that came first, 0 = nobody
 *   word TAIL         that of the thread that came last; means nothing while HEAD is 0
 *
 *   two words in each thread's own row (it stands in one line at a time)
 *   word NEXT         the own row of the thread behind it, 0 = nobody; guarded like the line
 *   word CALLED       0                              enter: not called yet
 *                     0 → answer                     call, which takes the thread out of line
 *
 * Zeroed by the object table when the row is taken. No wake-up is lost: CALLED changes once between enter and leave, the
 * thread waits for 0 to change, and the wake follows the change. A killed thread stays in line until a call passes over it.
 */
const NEXT = 2;
const CALLED = 3;

/** Index of HEAD; TAIL is the next word. */
export type Line = number;

const calledWord = (thread: ObjectId): number => stateWordOf(thread, CALLED);
const nextWord = (thread: ObjectId): number => stateWordOf(thread, NEXT);

/** The calling thread stands at the end of the line. */
export function enter(port: Port, line: Line): void {
  const { words } = port.memory;
  Atomics.store(words, calledWord(port.self), 0);
  poke(words, nextWord(port.self), NO_OBJECT);
  if (peek(words, line) === NO_OBJECT) poke(words, line, port.self);
  else poke(words, nextWord(asObjectId(peek(words, line + 1))), port.self);
  poke(words, line + 1, port.self);
}

/** What the calling thread was called with; 0 = not yet. */
export function answerOf(port: Port): number {
  return Atomics.load(port.memory.words, calledWord(port.self));
}

/** Waits until called, for at most `ticks`. Nothing that guards the line may be held. */
export function waitForCall(port: Port, ticks: Ticks, object: ObjectId, reason: BlockReason): void {
  const deadline = port.now() + ticks;
  while (answerOf(port) === 0) {
    const left = deadline - port.now();
    if (left <= 0) return;
    if (port.wait(calledWord(port.self), 0, left, object, reason) === WaitResult.TIMED_OUT) return;
  }
}

/** Calls whoever has stood in line longest and lives; false = nobody does. `answer` is not 0. */
export function callFirst(port: Port, line: Line, answer: number, object: ObjectId): boolean {
  const { words } = port.memory;
  for (;;) {
    const first = asObjectId(peek(words, line));
    if (first === NO_OBJECT) return false;
    const lives = exitCode(port, first) === null;
    // Called before it is out of line: so it is never out and not called, if the caller dies in between.
    if (lives) Atomics.store(words, calledWord(first), answer);
    poke(words, line, peek(words, nextWord(first)));
    if (!lives) continue;
    port.wake(calledWord(first), 1, object);
    return true;
  }
}

/** The calling thread, which was not called, gives up its place. */
export function leave(port: Port, line: Line): void {
  const { words } = port.memory;
  let before = NO_OBJECT;
  let thread = asObjectId(peek(words, line));
  while (thread !== port.self) {
    before = thread;
    thread = asObjectId(peek(words, nextWord(thread)));
  }
  const next = peek(words, nextWord(thread));
  if (before === NO_OBJECT) poke(words, line, next);
  else poke(words, nextWord(before), next);
  if (next === NO_OBJECT) poke(words, line + 1, before);
}
