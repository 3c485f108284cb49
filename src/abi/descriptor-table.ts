import { asObjectId, type ObjectId } from '../base/ids.ts';
import { invariant } from '../base/invariant.ts';
import { Control } from './control.ts';
import { guarded } from './guard.ts';
import { free } from './heap.ts';
import { DESCRIPTOR_WORDS, DESCRIPTORS_AT, objectAt, type Memory } from './layout.ts';
import { MAX_DESCRIPTORS, MAX_OBJECTS } from './limits.ts';
import { ObjectKind, ObjectWord } from './objects.ts';
import { End, endsWordOf, PipeWord, pipeWordOf, Traffic, trafficWordOf } from './pipe-row.ts';
import { announce } from './watch.ts';
import { peek, poke, type Words } from './words.ts';

/**
 * The open ends of pipes, of all processes. It lies in shared memory, so that the kernel can close what a process leaves open
 * however it ends.
 *
 *   word PID      whose it is; below 0: it was packed into a message, and the receiver will adopt it. IN_FLIGHT = the message was
 *                 sent, and it is nobody's; `packedBy(pid)` = not yet, and it is closed with that process
 *   word PIPE     the pipe's row; 0 = the row is free
 *   word END      `End`
 *   word NUMBER   what its process calls it, as `fileno()`: what it has said, else the smallest that is not in use there, from 3.
 *                 In flight: what the receiver shall call it, 0 = as it likes
 *
 * A row and the pipe's count of such ends (pipe-row.ts) change together, under Control.DESCRIPTORS_GUARD. An end in flight counts, so
 * nobody reads end of file while it is on its way; one that nobody ever takes out of its pipe stays open, like a letter that is
 * never opened. The last end of a pipe takes its buffer with it.
 *
 * A row is in use or not by one store, its last; the count comes after it. So whoever takes the guard over from a dead holder counts
 * again; at worst a buffer stays that nobody needs.
 */
const Word = { PID: 0, PIPE: 1, END: 2, NUMBER: 3 } as const;

/** The numbers below it are stdin, stdout, stderr. */
const FIRST_NUMBER = 3;
/** Owner of what is on its way. */
export const IN_FLIGHT = -1;
/** Owner of what a process has packed and not sent yet. */
const packedBy = (pid: number): number => IN_FLIGHT - 1 - pid;

/** There is no room for another end. */
export const TABLE_FULL = -1;
/** Another thread of the process has closed it. */
export const NOT_OPEN = -2;

/** What was closed, and how many such ends are still open. */
export interface Closing {
  readonly pipe: ObjectId;
  readonly end: End;
  readonly left: number;
}

function rowAt(descriptor: number): number {
  return DESCRIPTORS_AT + descriptor * DESCRIPTOR_WORDS;
}

/** Opens an end for a process. `number`: what that calls it, 0 = the table says. Returns its descriptor, from 1, or TABLE_FULL. */
export function open(memory: Memory, pid: number, pipe: ObjectId, end: End, number = 0): number {
  return underGuard(memory, () => add(memory.words, pid, pipe, end, number));
}

/**
 * Opens an end of this process once more, packed. `number`: what its receiver shall call it, 0 = as it likes. Returns a descriptor,
 * TABLE_FULL, or NOT_OPEN.
 */
export function duplicate(
  memory: Memory,
  descriptor: number,
  pid: number,
  pipe: ObjectId,
  end: End,
  number = 0,
): number {
  const { words } = memory;
  return underGuard(memory, () => {
    if (!isOpen(memory, descriptor, pid, pipe, end)) return NOT_OPEN;
    return add(words, packedBy(pid), pipe, end, number);
  });
}

/** The message in which this process has packed the end is sent: from now on it does not matter whether the process lives. */
export function letGo(memory: Memory, descriptor: number, pid: number): void {
  const { words } = memory;
  underGuard(memory, () => {
    // Who was quick has received and adopted it already.
    if (belongs(words, descriptor, packedBy(pid))) poke(words, rowAt(descriptor) + Word.PID, IN_FLIGHT);
  });
}

/**
 * An end in flight becomes this process's; false = it was adopted before, by the kernel for a new process. `number`: what the
 * process calls it, 0 = what the sender has said.
 */
export function adopt(memory: Memory, descriptor: number, pid: number, number = 0): boolean {
  const { words } = memory;
  return underGuard(memory, () => {
    const at = rowAt(descriptor);
    if (peek(words, at + Word.PID) > IN_FLIGHT) return false;
    const wanted = number || peek(words, at + Word.NUMBER);
    poke(words, at + Word.NUMBER, wanted || smallestNumber(words, pid));
    poke(words, at + Word.PID, pid);
    return true;
  });
}

/**
 * Closes an end of this process; what follows from it is `hangUp`'s to tell. Null: it was not open any more. The row may have
 * another end by now, if another thread of the process has closed this one: so the caller says what it means.
 */
export function close(memory: Memory, descriptor: number, pid: number, pipe: ObjectId, end: End): Closing | null {
  return underGuard(memory, () => (isOpen(memory, descriptor, pid, pipe, end) ? remove(memory, descriptor) : null));
}

/** Closes an end that this process has packed and did not send after all. Null: it is not its own any more. */
export function unpack(memory: Memory, descriptor: number, pid: number): Closing | null {
  const { words } = memory;
  return underGuard(memory, () => (belongs(words, descriptor, packedBy(pid)) ? remove(memory, descriptor) : null));
}

/** Closes all that a process has open, in the order of the table. */
export function closeAll(memory: Memory, pid: number): Closing[] {
  return closeAllOf(memory, pid);
}

/** Closes all that a process has packed and not sent. */
export function unpackAll(memory: Memory, pid: number): Closing[] {
  return closeAllOf(memory, packedBy(pid));
}

function closeAllOf(memory: Memory, owner: number): Closing[] {
  const { words } = memory;
  return underGuard(memory, () => {
    const closed: Closing[] = [];
    for (const descriptor of rowsInUse(words)) {
      if (peek(words, rowAt(descriptor) + Word.PID) === owner) closed.push(remove(memory, descriptor));
    }
    return closed;
  });
}

/**
 * After `close`: when it was the last of its kind, whoever waits at the other end must look again, and so must who watches
 * the pipe. `wake` wakes all who wait on a word; no guard is held.
 */
export function hangUp(memory: Memory, { pipe, end, left }: Closing, wake: (word: number) => void): void {
  if (left > 0) return;
  const bell = pipeWordOf(pipe, end === End.WRITE ? PipeWord.READ_BELL : PipeWord.WRITE_BELL);
  Atomics.add(memory.words, bell, 1);
  wake(bell);
  announce(memory, pipe, wake);
}

/**
 * All who wait at pipes shall look again, since a host has died that may have owed them a ring: it had written, read or closed,
 * and not said so. Who is woken in vain waits again.
 */
export function ringPipes({ words }: Memory, wake: (word: number) => void): void {
  for (const pipe of pipesIn(words)) {
    for (const bell of [PipeWord.READ_BELL, PipeWord.WRITE_BELL]) {
      Atomics.add(words, pipeWordOf(pipe, bell), 1);
      wake(pipeWordOf(pipe, bell));
    }
  }
}

/** Whether this process still has this end under this descriptor: it may have been closed in another of its threads. */
export function isOpen({ words }: Memory, descriptor: number, pid: number, pipe: ObjectId, end: End): boolean {
  const at = rowAt(descriptor);
  return (
    Atomics.load(words, at + Word.PIPE) === pipe &&
    peek(words, at + Word.PID) === pid &&
    peek(words, at + Word.END) === end
  );
}

export function pipeOf({ words }: Memory, descriptor: number): ObjectId {
  return asObjectId(peek(words, rowAt(descriptor) + Word.PIPE));
}

export function endOf({ words }: Memory, descriptor: number): End {
  return peek(words, rowAt(descriptor) + Word.END) as End;
}

/** What its process calls it. */
export function numberOf({ words }: Memory, descriptor: number): number {
  return peek(words, rowAt(descriptor) + Word.NUMBER);
}

/** How many ends of this kind the pipe has. */
export function countOf({ words }: Memory, pipe: ObjectId, end: End): number {
  return Atomics.load(words, endsWordOf(pipe, end));
}

function underGuard<T>(memory: Memory, action: () => T): T {
  return guarded(memory.words, Control.DESCRIPTORS_GUARD, action, () => recount(memory));
}

// All below: precondition: the guard is held.

/** Who died here has changed a row and not the count. What then follows is the kernel's to tell (`ringPipes`). */
function recount({ words }: Memory): void {
  const counts = new Map<number, number>();
  for (const pipe of pipesIn(words)) {
    counts.set(endsWordOf(pipe, End.READ), 0);
    counts.set(endsWordOf(pipe, End.WRITE), 0);
  }
  for (const descriptor of rowsInUse(words)) {
    const at = rowAt(descriptor);
    const word = endsWordOf(asObjectId(peek(words, at + Word.PIPE)), peek(words, at + Word.END) as End);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  for (const [word, count] of counts) Atomics.store(words, word, count);
}

function* pipesIn(words: Words): Generator<ObjectId> {
  const head = Math.min(Atomics.load(words, Control.OBJECT_HEAD), MAX_OBJECTS - 1);
  for (let object = 1; object <= head; object += 1) {
    if (peek(words, objectAt(object) + ObjectWord.KIND) === ObjectKind.PIPE) yield asObjectId(object);
  }
}

function* rowsInUse(words: Words): Generator<number> {
  const head = peek(words, Control.DESCRIPTOR_HEAD);
  for (let descriptor = 1; descriptor <= head; descriptor += 1) {
    if (peek(words, rowAt(descriptor) + Word.PIPE) !== 0) yield descriptor;
  }
}

function belongs(words: Words, descriptor: number, owner: number): boolean {
  const at = rowAt(descriptor);
  return peek(words, at + Word.PIPE) !== 0 && peek(words, at + Word.PID) === owner;
}

function vacantRow(words: Words): number {
  const head = peek(words, Control.DESCRIPTOR_HEAD);
  for (let descriptor = 1; descriptor <= head; descriptor += 1) {
    if (peek(words, rowAt(descriptor) + Word.PIPE) === 0) return descriptor;
  }
  if (head + 1 >= MAX_DESCRIPTORS) return TABLE_FULL;
  poke(words, Control.DESCRIPTOR_HEAD, head + 1);
  return head + 1;
}

function smallestNumber(words: Words, pid: number): number {
  const taken = new Set<number>();
  for (const descriptor of rowsInUse(words)) {
    if (peek(words, rowAt(descriptor) + Word.PID) === pid) taken.add(peek(words, rowAt(descriptor) + Word.NUMBER));
  }
  let number = FIRST_NUMBER;
  while (taken.has(number)) number += 1;
  return number;
}

function add(words: Words, owner: number, pipe: ObjectId, end: End, number: number): number {
  const descriptor = vacantRow(words);
  if (descriptor === TABLE_FULL) return TABLE_FULL;
  const at = rowAt(descriptor);
  poke(words, at + Word.NUMBER, owner <= IN_FLIGHT || number > 0 ? number : smallestNumber(words, owner));
  poke(words, at + Word.PID, owner);
  poke(words, at + Word.END, end);
  Atomics.store(words, at + Word.PIPE, pipe);
  Atomics.add(words, endsWordOf(pipe, end), 1);
  return descriptor;
}

function remove(memory: Memory, descriptor: number): Closing {
  const { words } = memory;
  const pipe = pipeOf(memory, descriptor);
  const end = endOf(memory, descriptor);
  Atomics.store(words, rowAt(descriptor) + Word.PIPE, 0);
  poke(words, rowAt(descriptor) + Word.PID, 0);
  const left = Atomics.sub(words, endsWordOf(pipe, end), 1) - 1;
  invariant(left >= 0, 'a pipe has the ends that the table says', `pipe ${pipe}`);
  if (left === 0 && countOf(memory, pipe, end === End.READ ? End.WRITE : End.READ) === 0) releaseBuffer(memory, pipe);
  return { pipe, end, left };
}

/** Takes both sides' guards: a thread of a process that has closed the last end may be copying bytes just now. */
function releaseBuffer(memory: Memory, pipe: ObjectId): void {
  const { words } = memory;
  const word = pipeWordOf(pipe, PipeWord.BUFFER);
  const buffer = peek(words, word);
  if (buffer === 0) return;
  const traffic = trafficWordOf(words, pipe);
  guarded(words, traffic + Traffic.READ_GUARD, () => {
    guarded(words, traffic + Traffic.WRITE_GUARD, () => Atomics.store(words, word, 0));
  });
  free(memory, buffer, peek(words, pipeWordOf(pipe, PipeWord.CAPACITY)));
}
