import { asObjectId, type ObjectId } from '../base/ids.ts';
import { invariant } from '../base/invariant.ts';
import { Control } from './control.ts';
import { guarded } from './guard.ts';
import { type Memory, objectAt, WATCH_WORDS, WATCHES_AT } from './layout.ts';
import { MAX_WATCHES } from './limits.ts';
import { stateWordOf } from './object-table.ts';
import { ObjectWord, ThreadWord } from './objects.ts';
import { peek, poke, type Words } from './words.ts';

/**
 * Waiting for several things at once. A thread can sleep on one word only, so it has a bell, a word of its own, and registers
 * it with each of the objects; whoever changes one of them so that somebody may go on rings all bells that are registered there.
 *
 *   ObjectWord.WATCH   first row that concerns the object, 0 = none
 *   word BELL          0 = the row is free; else the index of a bell
 *   word OBJECT        whom it concerns
 *   word NEXT          next row of the same object, 0 = none; in the order of registration
 *   a bell             + 1 by each ring, then whoever waits on it is woken
 *
 * Rows and lists change under Control.WATCHES_GUARD; WATCH is also read without it. A row is taken before it is linked, and given back
 * after it was unlinked; who takes the guard over from a dead holder frees what is taken and not linked.
 *
 * No wake-up is lost: the waiter registers first, then reads its bell, then looks at the objects, then waits for the value that
 * it read. Who changes an object stores the change first and reads WATCH after it. So either the waiter sees the change, or the
 * other sees the row and rings: before the waiter read its bell, then it sees the change after all; or after, then its wait ends.
 * The rows of a thread that is told to stop are taken back by itself, and those of one whose worker died by the kernel.
 */
const BELL = 0;
const OBJECT = 1;
const NEXT = 2;

const NO_ROW = 0;

function rowAt(row: number): number {
  return WATCHES_AT + row * WATCH_WORDS;
}

function firstWord(object: ObjectId): number {
  return objectAt(object) + ObjectWord.WATCH;
}

/** The bell of a thread, by its own row. Whoever carries no thread may use any other word that is its own. */
export function bellOf(thread: ObjectId): number {
  return stateWordOf(thread, ThreadWord.BELL);
}

/** Registers the bell with the object. Returns the row, for `unwatch`; 0 = there is no room. */
export function watch({ words }: Memory, object: ObjectId, bell: number): number {
  return underGuard(words, () => {
    const row = vacantRow(words);
    if (row === NO_ROW) return NO_ROW;
    const at = rowAt(row);
    poke(words, at + OBJECT, object);
    poke(words, at + NEXT, NO_ROW);
    poke(words, at + BELL, bell);
    Atomics.store(words, lastLink(words, object), row);
    return row;
  });
}

/** Takes a registration back. Precondition: it is the caller's. */
export function unwatch({ words }: Memory, row: number): void {
  underGuard(words, () => remove(words, row));
}

/** Takes back all that was registered with this bell. */
export function dropWatches({ words }: Memory, bell: number): void {
  if (Atomics.load(words, Control.WATCH_HEAD) === 0) return;
  underGuard(words, () => {
    const head = peek(words, Control.WATCH_HEAD);
    for (let row = 1; row <= head; row += 1) if (peek(words, rowAt(row) + BELL) === bell) remove(words, row);
  });
}

/** Somebody has registered with the object. After a change that he shall see: else `announce`. */
export function isWatched({ words }: Memory, object: ObjectId): boolean {
  return Atomics.load(words, firstWord(object)) !== NO_ROW;
}

/**
 * Rings all bells of the object: it has become readable or writable, or has ended. Precondition: the change is stored, and no
 * guard is held. `wake` wakes all who wait on a word. Costs one look when nobody watches.
 */
export function announce(memory: Memory, object: ObjectId, wake: (bell: number) => void): void {
  if (!isWatched(memory, object)) return;
  const { words } = memory;
  const bells = underGuard(words, () => {
    const found: number[] = [];
    for (let row = peek(words, firstWord(object)); row !== NO_ROW; row = peek(words, rowAt(row) + NEXT)) {
      const bell = peek(words, rowAt(row) + BELL);
      Atomics.add(words, bell, 1);
      if (!found.includes(bell)) found.push(bell);
    }
    return found;
  });
  for (const bell of bells) wake(bell);
}

/** All bells ring: a host has died that may have owed it to somebody. `wake` as for `announce`. */
export function ringAll({ words }: Memory, wake: (bell: number) => void): void {
  const bells = underGuard(words, () => {
    const found = new Set<number>();
    for (let row = 1; row <= peek(words, Control.WATCH_HEAD); row += 1) found.add(peek(words, rowAt(row) + BELL));
    found.delete(0);
    for (const bell of found) Atomics.add(words, bell, 1);
    return found;
  });
  for (const bell of bells) wake(bell);
}

function underGuard<T>(words: Words, action: () => T): T {
  return guarded(words, Control.WATCHES_GUARD, action, () => freeUnlinked(words));
}

// All below: precondition: the guard is held.

/** Who died here has taken a row and not linked it yet, or unlinked it and not given it back. */
function freeUnlinked(words: Words): void {
  for (let row = 1; row <= peek(words, Control.WATCH_HEAD); row += 1) {
    if (peek(words, rowAt(row) + BELL) !== 0 && !isLinked(words, row)) poke(words, rowAt(row) + BELL, 0);
  }
}

function isLinked(words: Words, row: number): boolean {
  const first = peek(words, firstWord(asObjectId(peek(words, rowAt(row) + OBJECT))));
  let found = first;
  while (found !== NO_ROW && found !== row) found = peek(words, rowAt(found) + NEXT);
  return found === row;
}

function vacantRow(words: Words): number {
  const head = peek(words, Control.WATCH_HEAD);
  for (let row = 1; row <= head; row += 1) if (peek(words, rowAt(row) + BELL) === 0) return row;
  if (head + 1 >= MAX_WATCHES) return NO_ROW;
  Atomics.store(words, Control.WATCH_HEAD, head + 1);
  return head + 1;
}

/** The word that ends the object's list. */
function lastLink(words: Words, object: ObjectId): number {
  let link = firstWord(object);
  for (let row = peek(words, link); row !== NO_ROW; row = peek(words, link)) link = rowAt(row) + NEXT;
  return link;
}

function remove(words: Words, row: number): void {
  const at = rowAt(row);
  const object = asObjectId(peek(words, at + OBJECT));
  let link = firstWord(object);
  while (peek(words, link) !== row) {
    invariant(peek(words, link) !== NO_ROW, 'a watch is in the list of its object', `row ${row}, object ${object}`);
    link = rowAt(peek(words, link)) + NEXT;
  }
  Atomics.store(words, link, peek(words, at + NEXT));
  poke(words, at + BELL, 0);
}
