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
 *   word READERS_WAIT        0 → 1                     a reader that is about to wait
 *                            1 → 0                     the write that rings READ_BELL
 *   word WRITERS_WAIT        0 → 1                     a writer that is about to wait
 *                            1 → 0                     the read that rings WRITE_BELL
 *   words READ_BELL, WRITE_BELL   + 1 by each ring, and when the last end of the other kind is closed; then all who wait are woken
 *
 * The row is zeroed by the object table, the traffic words by `create`, before anybody else knows the pipe. Nothing must be held.
 * Readers and writers have a guard each, on a cache line each, so that one side copies while the other does.
 *
 * At most 4096 bytes are written in one piece, or not at all: a writer waits until they fit. More may be split, and the pieces
 * of several writers mixed, wherever the pipe was full. A writer that waits is rung for only when 4096 bytes are free, as on
 * Linux, where a page must be: else, once a pipe was full, each message would cost a wake-up.
 *
 * No wake-up is lost: who is about to wait reads the bell, says that it waits, looks once more, and waits for the bell's value
 * to change. The other side stores HEAD, TAIL or the count of ends before it looks whether anybody waits, and takes that word
 * back before it rings. So it sees the waiter and rings, or the waiter sees what it stored. If it takes back what a second
 * waiter has just said, that one has read the bell before, and its wait ends at once. All are woken, because some only look
 * (`poll`) and take nothing; woken in vain they wait again. A waiter that is killed leaves its word behind: one ring for nobody.
 */
/** Up to here the bytes of a write are written all or not at all. */
export const ATOMIC_BYTES = 4096;

/** Of `read`: nothing is in the pipe, and nobody can write any more. */
export const END_OF_FILE = 0;
/** Of `write`: nobody can read any more. */
export const BROKEN = -1;
/** Of `tryRead`, `tryWrite`: nothing to read and somebody may still write, no room to write. */
export const NOT_NOW = -2;

const MASK = PIPE_CAPACITY - 1;

/** Precondition: the row is new. False = the heap is full. */
export function create({ memory }: Pick<Port, 'memory'>, pipe: ObjectId): boolean {
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
    awaitRoom(port, pipe);
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
    Atomics.store(words, pipeWordOf(pipe, PipeWord.READERS_WAIT), 1);
    if (isReadable(port.memory, pipe)) return true;
    const result = port.wait(bell, rung, left, pipe, BlockReason.PIPE_EMPTY);
    if (result === WaitResult.TIMED_OUT) return isReadable(port.memory, pipe);
  }
}

/** Waits until there is room, or nobody can read any more. Woken it has to look again. */
function awaitRoom(port: Port, pipe: ObjectId): void {
  const { words } = port.memory;
  const bell = pipeWordOf(pipe, PipeWord.WRITE_BELL);
  const rung = Atomics.load(words, bell);
  Atomics.store(words, pipeWordOf(pipe, PipeWord.WRITERS_WAIT), 1);
  if (isWritable(port.memory, pipe, ATOMIC_BYTES)) return;
  port.wait(bell, rung, FOREVER, pipe, BlockReason.PIPE_FULL);
}

/** Room that a write of so many bytes needs to write any. */
function needOf(bytes: number): number {
  return bytes <= ATOMIC_BYTES ? bytes : 1;
}

/** As `write`, or NOT_NOW. Whoever has written rings for the readers. */
export function tryWrite(memory: Memory, pipe: ObjectId, bytes: Uint8Array, from: number): number {
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

/** As `read`, or NOT_NOW. Whoever has read rings for the writers. */
export function tryRead(memory: Memory, pipe: ObjectId, target: Uint8Array, from: number): number {
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
  ring(port, pipe, PipeWord.READERS_WAIT, PipeWord.READ_BELL);
  announce(port.memory, pipe, (bell) => port.wake(bell, -1, pipe));
}

function afterRead(port: Port, pipe: ObjectId): void {
  if (Atomics.load(port.memory.words, pipeWordOf(pipe, PipeWord.WRITERS_WAIT)) === 0) return;
  if (isWritable(port.memory, pipe, ATOMIC_BYTES)) ring(port, pipe, PipeWord.WRITERS_WAIT, PipeWord.WRITE_BELL);
}

/** Wakes those who wait, if anybody does. */
function ring(port: Port, pipe: ObjectId, waiting: PipeWord, bell: PipeWord): void {
  if (strike(port.memory, pipe, waiting, bell)) port.wake(pipeWordOf(pipe, bell), -1, pipe);
}

/** Rings a bell, if anybody waits for it. True: the caller wakes all who wait on it. */
export function strike({ words }: Memory, pipe: ObjectId, waiting: PipeWord, bell: PipeWord): boolean {
  if (Atomics.load(words, pipeWordOf(pipe, waiting)) === 0) return false;
  Atomics.store(words, pipeWordOf(pipe, waiting), 0);
  Atomics.add(words, pipeWordOf(pipe, bell), 1);
  return true;
}
