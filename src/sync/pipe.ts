import type { ObjectId } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { enterGuard, leaveGuard } from '../abi/guard.ts';
import { allocate, free, heapByteAt, heapWordAt } from '../abi/heap.ts';
import type { Memory } from '../abi/layout.ts';
import { PIPE_CAPACITY } from '../abi/limits.ts';
import { PipeWord, pipeWordOf, Traffic, TRAFFIC_BYTES, trafficWordOf } from '../abi/pipe-row.ts';
import { BlockReason } from '../abi/record.ts';
import { WaitResult } from '../abi/slot.ts';
import { announce } from '../abi/watch.ts';
import { peek, poke } from '../abi/words.ts';
import { FOREVER, type Port } from './port.ts';

/**
 * A pipe: a ring of bytes, as POSIX has it. One direction; a duplex pipe is two.
 *
 *   words READERS, WRITERS   open ends of each kind, in all processes (abi/descriptor-table.ts)
 *   word HEAD                bytes read so far: + n by read, under READ_GUARD
 *   word TAIL                bytes written so far: + n by write, under WRITE_GUARD
 *   words TAIL_SEEN, HEAD_SEEN   the other side's word as this side last saw it, so that it is read only when it matters
 *   word READ_NEED           0 → 1                     a reader that is about to wait
 *                            1 → 0                     the write, or last close, that rings READ_BELL
 *   word WRITE_NEED          0 or more → n             a writer that is about to wait for room for n bytes, if n is less
 *                            n → 0                     the read that has made so much room, or last close, that rings WRITE_BELL
 *   words READ_BELL, WRITE_BELL   + 1 by each ring; those who wait are woken, all of them
 *
 * The row is zeroed by the object table, the traffic words by `create`, before anybody else knows the pipe. Nothing must be held.
 * Readers and writers have a guard each, on a cache line each, so that one side copies while the other does.
 *
 * At most 4096 bytes are written in one piece, or not at all: a writer waits until they fit. More may be split, and the pieces
 * of several writers mixed, wherever the pipe was full.
 *
 * No wake-up is lost: who is about to wait reads the bell, says what it needs, looks once more, and waits for the bell's value
 * to change. The other side stores HEAD, TAIL or the count of ends before it reads NEED, and zeroes NEED before it rings. So it
 * sees the need and rings, or the waiter sees what it stored. If it zeroed a need that came after the ring it was answering,
 * the bell it rings next was read before that need was said, and the wait ends at once. All are woken, because they need
 * different amounts, and one who only looks (`poll`) takes nothing: woken in vain they wait again.
 * A waiter that is killed leaves its need behind: one ring for nobody.
 */
/** Up to here the bytes of a write are written all or not at all. */
export const ATOMIC_BYTES = 4096;

/** Of `read`: nothing is in the pipe, and nobody can write any more. */
export const END_OF_FILE = 0;
/** Of `write`: nobody can read any more. */
export const BROKEN = -1;
/** Nothing to read, no room to write. */
const NOT_NOW = -2;

const MASK = PIPE_CAPACITY - 1;

/** Precondition: the row is new. False = the heap is full. */
export function create({ memory }: Port, pipe: ObjectId): boolean {
  const { words } = memory;
  const buffer = allocate(memory, PIPE_CAPACITY);
  const traffic = allocate(memory, TRAFFIC_BYTES);
  if (buffer === 0 || traffic === 0) {
    if (buffer !== 0) free(memory, buffer, PIPE_CAPACITY);
    if (traffic !== 0) free(memory, traffic, TRAFFIC_BYTES);
    return false;
  }
  words.fill(0, heapWordAt(traffic), heapWordAt(traffic + TRAFFIC_BYTES));
  poke(words, pipeWordOf(pipe, PipeWord.BUFFER), buffer);
  poke(words, pipeWordOf(pipe, PipeWord.TRAFFIC), traffic);
  return true;
}

/** Bytes that are in the pipe. */
export function bytesIn({ words }: Memory, pipe: ObjectId): number {
  const traffic = trafficWordOf(words, pipe);
  return (Atomics.load(words, traffic + Traffic.TAIL) - Atomics.load(words, traffic + Traffic.HEAD)) | 0;
}

/** A read would not wait. */
export function isReadable(memory: Memory, pipe: ObjectId): boolean {
  return Atomics.load(memory.words, pipeWordOf(pipe, PipeWord.WRITERS)) === 0 || bytesIn(memory, pipe) > 0;
}

/** A write of so many bytes would not wait before it has written some. */
export function isWritable(memory: Memory, pipe: ObjectId, bytes: number): boolean {
  if (Atomics.load(memory.words, pipeWordOf(pipe, PipeWord.READERS)) === 0) return true;
  return PIPE_CAPACITY - bytesIn(memory, pipe) >= needOf(bytes);
}

/**
 * Writes bytes from `from` on, as many as there is room for; waits while there is none. Returns how many, or BROKEN. Call it
 * again for the rest. Precondition: `from` is less than the length.
 */
export function write(port: Port, pipe: ObjectId, bytes: Uint8Array, from = 0): number {
  for (;;) {
    const written = tryWrite(port.memory, pipe, bytes, from);
    if (written !== NOT_NOW) {
      if (written > 0) afterWrite(port, pipe);
      return written;
    }
    // Woken for each byte of room, a long write would take as many turns as it has bytes.
    awaitRoom(port, pipe, Math.min(bytes.length - from, ATOMIC_BYTES));
  }
}

/**
 * Reads bytes into `target` from `from` on, as many as there are and fit; waits while there are none. Returns how many, or
 * END_OF_FILE. Precondition: `from` is less than the length.
 */
export function read(port: Port, pipe: ObjectId, target: Uint8Array, from = 0): number {
  for (;;) {
    const count = tryRead(port.memory, pipe, target, from);
    if (count !== NOT_NOW) {
      if (count > 0) afterRead(port, pipe);
      return count;
    }
    awaitReadable(port, pipe, FOREVER);
  }
}

/** Waits until a read would not wait, for at most `ticks`; false = time is up. */
export function awaitReadable(port: Port, pipe: ObjectId, ticks: Ticks): boolean {
  const { words } = port.memory;
  const deadline = port.now() + ticks;
  const bell = pipeWordOf(pipe, PipeWord.READ_BELL);
  for (;;) {
    const rung = Atomics.load(words, bell);
    if (isReadable(port.memory, pipe)) return true;
    const left = deadline - port.now();
    if (left <= 0) return false;
    say(port.memory, pipeWordOf(pipe, PipeWord.READ_NEED), 1);
    if (isReadable(port.memory, pipe)) return true;
    const result = port.wait(bell, rung, left, pipe, BlockReason.PIPE_EMPTY);
    if (result === WaitResult.TIMED_OUT) return isReadable(port.memory, pipe);
  }
}

/** Waits until there is room for so many bytes, or nobody can read any more. Woken it has to look again. */
function awaitRoom(port: Port, pipe: ObjectId, need: number): void {
  const { memory } = port;
  const bell = pipeWordOf(pipe, PipeWord.WRITE_BELL);
  const rung = Atomics.load(memory.words, bell);
  say(memory, pipeWordOf(pipe, PipeWord.WRITE_NEED), need);
  if (isWritable(memory, pipe, need)) return;
  port.wait(bell, rung, FOREVER, pipe, BlockReason.PIPE_FULL);
}

/** Room that a write of so many bytes needs to write any. */
function needOf(bytes: number): number {
  return bytes <= ATOMIC_BYTES ? bytes : 1;
}

/** Lowers a need to this one, if it is none or more. */
function say({ words }: Memory, word: number, need: number): void {
  for (let found = Atomics.load(words, word); found === 0 || found > need; found = Atomics.load(words, word)) {
    if (Atomics.compareExchange(words, word, found, need) === found) return;
  }
}

function tryWrite(memory: Memory, pipe: ObjectId, bytes: Uint8Array, from: number): number {
  const { words } = memory;
  const traffic = trafficWordOf(words, pipe);
  const left = bytes.length - from;
  enterGuard(words, traffic + Traffic.WRITE_GUARD);
  try {
    const buffer = Atomics.load(words, pipeWordOf(pipe, PipeWord.BUFFER));
    if (buffer === 0 || Atomics.load(words, pipeWordOf(pipe, PipeWord.READERS)) === 0) return BROKEN;
    const tail = peek(words, traffic + Traffic.TAIL);
    let room = PIPE_CAPACITY - ((tail - peek(words, traffic + Traffic.HEAD_SEEN)) | 0);
    if (room < left) {
      const head = Atomics.load(words, traffic + Traffic.HEAD);
      poke(words, traffic + Traffic.HEAD_SEEN, head);
      room = PIPE_CAPACITY - ((tail - head) | 0);
    }
    if (room < needOf(bytes.length)) return NOT_NOW;
    const count = Math.min(room, left);
    copyIn(memory, buffer, tail & MASK, count === bytes.length ? bytes : bytes.subarray(from, from + count));
    Atomics.store(words, traffic + Traffic.TAIL, (tail + count) | 0);
    return count;
  } finally {
    leaveGuard(words, traffic + Traffic.WRITE_GUARD);
  }
}

function tryRead(memory: Memory, pipe: ObjectId, target: Uint8Array, from: number): number {
  const { words } = memory;
  const traffic = trafficWordOf(words, pipe);
  const wanted = target.length - from;
  enterGuard(words, traffic + Traffic.READ_GUARD);
  try {
    const buffer = Atomics.load(words, pipeWordOf(pipe, PipeWord.BUFFER));
    if (buffer === 0) return END_OF_FILE;
    const head = peek(words, traffic + Traffic.HEAD);
    let available = (peek(words, traffic + Traffic.TAIL_SEEN) - head) | 0;
    if (available < wanted) {
      // Before TAIL: who has closed the last write end has written all it ever will.
      const ended = Atomics.load(words, pipeWordOf(pipe, PipeWord.WRITERS)) === 0;
      const tail = Atomics.load(words, traffic + Traffic.TAIL);
      poke(words, traffic + Traffic.TAIL_SEEN, tail);
      available = (tail - head) | 0;
      if (available === 0) return ended ? END_OF_FILE : NOT_NOW;
    }
    const count = Math.min(available, wanted);
    copyOut(memory, buffer, head & MASK, count, target, from);
    Atomics.store(words, traffic + Traffic.HEAD, (head + count) | 0);
    return count;
  } finally {
    leaveGuard(words, traffic + Traffic.READ_GUARD);
  }
}

/** In at most two pieces: up to the end of the ring, and on from its start. */
function copyIn({ bytes }: Memory, buffer: number, at: number, source: Uint8Array): void {
  const start = heapByteAt(buffer);
  const first = PIPE_CAPACITY - at;
  if (source.length <= first) {
    bytes.set(source, start + at);
  } else {
    bytes.set(source.subarray(0, first), start + at);
    bytes.set(source.subarray(first), start);
  }
}

function copyOut({ bytes }: Memory, buffer: number, at: number, count: number, target: Uint8Array, to: number): void {
  const start = heapByteAt(buffer);
  const first = Math.min(count, PIPE_CAPACITY - at);
  target.set(bytes.subarray(start + at, start + at + first), to);
  if (first < count) target.set(bytes.subarray(start, start + count - first), to + first);
}

function afterWrite(port: Port, pipe: ObjectId): void {
  const { words } = port.memory;
  const need = pipeWordOf(pipe, PipeWord.READ_NEED);
  if (Atomics.load(words, need) !== 0) ring(port, pipe, need, PipeWord.READ_BELL);
  announce(port.memory, pipe, (bell) => port.wake(bell, -1, pipe));
}

function afterRead(port: Port, pipe: ObjectId): void {
  const { words } = port.memory;
  const need = pipeWordOf(pipe, PipeWord.WRITE_NEED);
  const wanted = Atomics.load(words, need);
  if (wanted === 0) return;
  if (PIPE_CAPACITY - bytesIn(port.memory, pipe) >= wanted) ring(port, pipe, need, PipeWord.WRITE_BELL);
}

function ring(port: Port, pipe: ObjectId, need: number, bell: PipeWord): void {
  const { words } = port.memory;
  Atomics.store(words, need, 0);
  Atomics.add(words, pipeWordOf(pipe, bell), 1);
  port.wake(pipeWordOf(pipe, bell), -1, pipe);
}
