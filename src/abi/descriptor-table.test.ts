import { beforeEach, expect, test } from 'vitest';
import { asObjectId, type ObjectId } from '../base/ids.ts';
import { Control } from './control.ts';
import {
  adopt,
  close,
  closeAll,
  countOf,
  duplicate,
  hangUp,
  isOpen,
  letGo,
  NOT_OPEN,
  numberOf,
  open,
  TABLE_FULL,
  unpack,
  unpackAll,
} from './descriptor-table.ts';
import { allocate, heapWordAt } from './heap.ts';
import { createMemory, HEAP_AT } from './layout.ts';
import { MAX_DESCRIPTORS, PIPE_CAPACITY } from './limits.ts';
import { allocateObject } from './object-table.ts';
import { ObjectKind } from './objects.ts';
import { End, PipeWord, pipeWordOf, TRAFFIC_BYTES } from './pipe-row.ts';
import { watch } from './watch.ts';

const memory = createMemory();
const { words } = memory;
const PARENT = 1;
const CHILD = 2;
let pipe: ObjectId;

beforeEach(() => {
  words.fill(0, 0, HEAP_AT + 1024);
  pipe = allocateObject(memory, ObjectKind.PIPE, 0, PARENT);
  const traffic = allocate(memory, TRAFFIC_BYTES);
  words.fill(0, heapWordAt(traffic), heapWordAt(traffic + TRAFFIC_BYTES));
  words[pipeWordOf(pipe, PipeWord.TRAFFIC)] = traffic;
  words[pipeWordOf(pipe, PipeWord.BUFFER)] = allocate(memory, PIPE_CAPACITY);
  words[pipeWordOf(pipe, PipeWord.CAPACITY)] = PIPE_CAPACITY;
});

const ends = (): number[] => [countOf(memory, pipe, End.READ), countOf(memory, pipe, End.WRITE)];

test('ends are counted, and numbered in each process as the operating system does', () => {
  const reader = open(memory, PARENT, pipe, End.READ);
  const writer = open(memory, PARENT, pipe, End.WRITE);
  const other = open(memory, CHILD, pipe, End.READ);
  expect(ends()).toEqual([2, 1]);
  expect([reader, writer, other].map((descriptor) => numberOf(memory, descriptor))).toEqual([3, 4, 3]);
  expect(close(memory, reader, PARENT, pipe, End.READ)).toEqual({ pipe, end: End.READ, left: 1 });
  expect(numberOf(memory, open(memory, PARENT, pipe, End.WRITE))).toBe(3);
});

test('one in flight belongs to nobody until it is adopted, once, and counts all the time', () => {
  const writer = open(memory, PARENT, pipe, End.WRITE);
  const sent = duplicate(memory, writer, PARENT, pipe, End.WRITE);
  letGo(memory, sent, PARENT);
  expect([unpack(memory, sent, PARENT), unpackAll(memory, PARENT)]).toEqual([null, []]);
  expect(closeAll(memory, PARENT)).toEqual([{ pipe, end: End.WRITE, left: 1 }]);
  expect(isOpen(memory, sent, CHILD, pipe, End.WRITE)).toBe(false);
  expect([adopt(memory, sent, CHILD), adopt(memory, sent, CHILD)]).toEqual([true, false]);
  expect(isOpen(memory, sent, CHILD, pipe, End.WRITE)).toBe(true);
  expect(ends()).toEqual([0, 1]);
});

test('one that is packed and not sent is its sender’s, until somebody has received it', () => {
  const writer = open(memory, PARENT, pipe, End.WRITE);
  const packed = [1, 2, 3].map(() => duplicate(memory, writer, PARENT, pipe, End.WRITE));
  const [quick, takenBack] = packed as [number, number, number];
  expect(adopt(memory, quick, CHILD)).toBe(true);
  letGo(memory, quick, PARENT);
  expect(unpack(memory, takenBack, CHILD)).toBeNull();
  expect(unpack(memory, takenBack, PARENT)).toEqual({ pipe, end: End.WRITE, left: 3 });
  expect(unpackAll(memory, PARENT)).toEqual([{ pipe, end: End.WRITE, left: 2 }]);
  expect([writer, quick].map((end, n) => isOpen(memory, end, n + 1, pipe, End.WRITE))).toEqual([true, true]);
});

test('who means an end that was closed does not get the one that lies in its row now', () => {
  const reader = open(memory, PARENT, pipe, End.READ);
  close(memory, reader, PARENT, pipe, End.READ);
  expect(open(memory, PARENT, pipe, End.WRITE)).toBe(reader);
  expect(close(memory, reader, PARENT, pipe, End.READ)).toBeNull();
  expect(duplicate(memory, reader, PARENT, pipe, End.READ)).toBe(NOT_OPEN);
  expect(ends()).toEqual([0, 1]);
});

test('only who has an end open can close it or send it', () => {
  const reader = open(memory, PARENT, pipe, End.READ);
  expect(close(memory, reader, CHILD, pipe, End.READ)).toBeNull();
  expect(duplicate(memory, reader, CHILD, pipe, End.READ)).toBe(NOT_OPEN);
  close(memory, reader, PARENT, pipe, End.READ);
  expect(close(memory, reader, PARENT, pipe, End.READ)).toBeNull();
  expect(duplicate(memory, reader, PARENT, pipe, End.READ)).toBe(NOT_OPEN);
});

test('the last end takes the buffer with it', () => {
  const reader = open(memory, PARENT, pipe, End.READ);
  const writer = open(memory, CHILD, pipe, End.WRITE);
  const buffer = words[pipeWordOf(pipe, PipeWord.BUFFER)];
  close(memory, reader, PARENT, pipe, End.READ);
  expect(words[pipeWordOf(pipe, PipeWord.BUFFER)]).toBe(buffer);
  close(memory, writer, CHILD, pipe, End.WRITE);
  expect(words[pipeWordOf(pipe, PipeWord.BUFFER)]).toBe(0);
  expect(allocate(memory, PIPE_CAPACITY)).toBe(buffer);
});

test('a full table says so, and leaves the count as it was', () => {
  for (let n = 1; n < MAX_DESCRIPTORS; n += 1) expect(open(memory, n, pipe, End.READ)).toBe(n);
  expect(open(memory, PARENT, pipe, End.READ)).toBe(TABLE_FULL);
  expect(duplicate(memory, 5, 5, pipe, End.READ)).toBe(TABLE_FULL);
  expect(ends()).toEqual([MAX_DESCRIPTORS - 1, 0]);
  close(memory, 7, 7, pipe, End.READ);
  expect(open(memory, PARENT, pipe, End.READ)).toBe(7);
});

test('the last write end rings for readers, the last read end for writers, and both for who watches', () => {
  const reader = open(memory, PARENT, pipe, End.READ);
  const writers = [open(memory, PARENT, pipe, End.WRITE), open(memory, CHILD, pipe, End.WRITE)];
  const mine = pipeWordOf(asObjectId(9), PipeWord.READERS);
  watch(memory, pipe, mine);
  const woken: number[] = [];
  const closeAndTell = (descriptor: number, pid: number, end: End = End.WRITE): void => {
    const closing = close(memory, descriptor, pid, pipe, end);
    if (closing !== null) hangUp(memory, closing, (word) => woken.push(word));
  };
  closeAndTell(writers[0] as number, PARENT);
  expect(woken).toEqual([]);
  closeAndTell(writers[1] as number, CHILD);
  closeAndTell(reader, PARENT, End.READ);
  expect(woken).toEqual([pipeWordOf(pipe, PipeWord.READ_BELL), mine, pipeWordOf(pipe, PipeWord.WRITE_BELL), mine]);
  expect(words[pipeWordOf(pipe, PipeWord.READ_BELL)]).toBe(1);
  expect(words[mine]).toBe(2);
  expect(Atomics.load(words, Control.DESCRIPTORS_GUARD)).toBe(0);
});
