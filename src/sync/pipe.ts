import type { ObjectId } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { enterGuard, leaveGuard } from '../abi/guard.ts';
import { allocate, free, heapByteAt, heapWordAt } from '../abi/heap.ts';
import type { Memory } from '../abi/layout.ts';
import { PipeWord, pipeWordOf, Traffic, TRAFFIC_BYTES, trafficWordOf } from '../abi/pipe-row.ts';
import { BlockReason } from '../abi/record.ts';
import { WaitResult } from '../abi/slot.ts';
import { announce, isWatched } from '../abi/watch.ts';
import { peek, poke, type Words } from '../abi/words.ts';
import { deadlineIn, FOREVER, ticksUntil, type Port } from './port.ts';

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
 * Readers and writers have a guard each, on a cache line each, so that one side copies while the other does. Both are safe to abandon:
 * bytes are in the pipe, or out of it, with the one store of TAIL or HEAD. Of a message in several pieces a part may be lost with
 * whoever died, as with any process that is killed; and the ring that it owed the kernel makes up for (`ringPipes`).
 *
 * Long writes and reads say how far they have come after every piece, so that the other side copies at the same time.
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
 *
 * Who watches a pipe (abi/watch.ts) waits only after it has found the pipe empty, with HEAD where TAIL was. The write that comes
 * next begins there, and finds HEAD there or further on when it looks after storing TAIL: so only such a write rings their bells.
 */
/** Up to here the bytes of a write are written all or not at all. */
export const ATOMIC_BYTES = 4096;

/** Of `read`: nothing is in the pipe, and nobody can write any more. */
export const END_OF_FILE = 0;
/** Of `write`: nobody can read any more. */
export const BROKEN = -1;
/** Of `tryRead`, `tryWrite`: nothing to read and somebody may still write, no room to write. */
export const NOT_NOW = -2;

/** What is copied before the other side is told. */
const PIECE_BYTES = 16_384;
/** A writer that looks again and again whether there is room looks for so much: it would be back at once for less. */
const ROOM_TO_GO_ON = 16_384;
/** Up to here copying word by word is faster than a view of the bytes is made. */
const FEW_BYTES = 64;

/** TAIL before this host's last write. */
let writtenFrom = 0;

/** Precondition: the row is new, and `capacity` a power of two, from a page on. False = the heap is full. */
export function create({ memory }: Pick<Port, 'memory'>, pipe: ObjectId, capacity: number): boolean {
  const { words } = memory;
  const buffer = allocate(memory, capacity);
  const traffic = allocate(memory, TRAFFIC_BYTES);
  if (buffer === 0 || traffic === 0) {
    if (buffer !== 0) free(memory, buffer, capacity);
    if (traffic !== 0) free(memory, traffic, TRAFFIC_BYTES);
    return false;
  }
  words.fill(0, heapWordAt(traffic), heapWordAt(traffic + TRAFFIC_BYTES));
  poke(words, pipeWordOf(pipe, PipeWord.BUFFER), buffer);
  poke(words, pipeWordOf(pipe, PipeWord.CAPACITY), capacity);
  poke(words, pipeWordOf(pipe, PipeWord.TRAFFIC), traffic);
  return true;
}

/** Bytes that are in the pipe. HEAD is read first: so when it says 0, the pipe was empty at the moment at which TAIL was read. */
export function bytesIn({ words }: Memory, pipe: ObjectId): number {
  const traffic = trafficWordOf(words, pipe);
  const head = Atomics.load(words, traffic + Traffic.HEAD);
  return (Atomics.load(words, traffic + Traffic.TAIL) - head) | 0;
}

/** Bytes that were ever read from it, modulo 2^32. */
export function bytesRead({ words }: Memory, pipe: ObjectId): number {
  return Atomics.load(words, trafficWordOf(words, pipe) + Traffic.HEAD);
}

function isBroken({ words }: Memory, pipe: ObjectId): boolean {
  return Atomics.load(words, pipeWordOf(pipe, PipeWord.READERS)) === 0;
}

/** Bytes that it holds. */
export function capacityOf({ words }: Memory, pipe: ObjectId): number {
  return peek(words, pipeWordOf(pipe, PipeWord.CAPACITY));
}

/** Bytes that still fit. */
export function roomIn(memory: Memory, pipe: ObjectId): number {
  return capacityOf(memory, pipe) - bytesIn(memory, pipe);
}

/** A read would not wait. */
export function isReadable(memory: Memory, pipe: ObjectId): boolean {
  return Atomics.load(memory.words, pipeWordOf(pipe, PipeWord.WRITERS)) === 0 || bytesIn(memory, pipe) > 0;
}

/** A write of so many bytes would not wait before it has written some. */
export function isWritable(memory: Memory, pipe: ObjectId, bytes: number): boolean {
  return isBroken(memory, pipe) || roomIn(memory, pipe) >= needOf(bytes);
}

/** Room that a write of so many bytes needs to write any. */
export function needOf(bytes: number): number {
  return bytes <= ATOMIC_BYTES ? bytes : 1;
}

/**
 * Writes bytes from `from` on, up to `to`, as many as there is room for; waits while there is not even room for `need`. Returns
 * how many, or BROKEN. Call it again for the rest. Precondition: `from` is less than `to`.
 */
export function write(
  port: Port,
  pipe: ObjectId,
  bytes: Uint8Array,
  from: number,
  to: number,
  need = needOf(to - from),
): number {
  for (;;) {
    const written = tryWrite(port.memory, pipe, bytes, from, to, need);
    if (written !== NOT_NOW) {
      if (written > 0) afterWrite(port, pipe);
      return written;
    }
    awaitRoom(port, pipe);
  }
}

/**
 * Reads bytes into `target` from `from` on, up to `to`, as many as there are; waits while there are none. Returns how many, or
 * END_OF_FILE. Precondition: `from` is less than `to`.
 */
export function read(port: Port, pipe: ObjectId, target: Uint8Array, from: number, to: number): number {
  for (;;) {
    const count = tryRead(port.memory, pipe, target, from, to);
    if (count !== NOT_NOW) {
      if (count > 0) afterRead(port, pipe);
      return count;
    }
    awaitReadable(port, pipe, FOREVER);
  }
}

/**
 * Reads `head`, as `read` does; and if all of it is there, and so are the bytes of which it tells, and they are few and fit into
 * `body`, these too. Returns how many bytes in all, or END_OF_FILE.
 */
export function readWithHead(
  port: Port,
  pipe: ObjectId,
  head: Uint8Array,
  body: Uint8Array,
  lengthIn: (head: Uint8Array) => number,
): number {
  for (;;) {
    const count = tryReadWithHead(port.memory, pipe, head, body, lengthIn);
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
  const deadline = deadlineIn(port, ticks);
  const bell = pipeWordOf(pipe, PipeWord.READ_BELL);
  for (;;) {
    const rung = Atomics.load(words, bell);
    if (isReadable(port.memory, pipe)) return true;
    const left = ticksUntil(port, deadline);
    if (left <= 0) return false;
    if (port.linger(() => isReadable(port.memory, pipe))) return true;
    Atomics.store(words, pipeWordOf(pipe, PipeWord.READERS_WAIT), 1);
    if (isReadable(port.memory, pipe)) return true;
    const result = port.wait(bell, rung, left, pipe, BlockReason.PIPE_EMPTY);
    if (result === WaitResult.TIMED_OUT) return isReadable(port.memory, pipe);
  }
}

/** Waits until there is room, or nobody can read any more. Woken it has to look again. */
function awaitRoom(port: Port, pipe: ObjectId): void {
  const { memory } = port;
  const { words } = memory;
  const bell = pipeWordOf(pipe, PipeWord.WRITE_BELL);
  const rung = Atomics.load(words, bell);
  if (port.linger(() => isBroken(memory, pipe) || roomIn(memory, pipe) >= ROOM_TO_GO_ON)) return;
  Atomics.store(words, pipeWordOf(pipe, PipeWord.WRITERS_WAIT), 1);
  if (isWritable(memory, pipe, ATOMIC_BYTES)) return;
  port.wait(bell, rung, FOREVER, pipe, BlockReason.PIPE_FULL);
}

/**
 * Writes from `from` to `to`, as much as there is room for, if that is at least `need`; else NOT_NOW. Whoever has written rings for
 * the readers.
 */
export function tryWrite(
  memory: Memory,
  pipe: ObjectId,
  source: Uint8Array,
  from: number,
  to: number,
  need: number,
): number {
  const { words } = memory;
  const traffic = trafficWordOf(words, pipe);
  enterGuard(words, traffic + Traffic.WRITE_GUARD);
  try {
    const buffer = peek(words, pipeWordOf(pipe, PipeWord.BUFFER));
    if (buffer === 0 || Atomics.load(words, pipeWordOf(pipe, PipeWord.READERS)) === 0) return BROKEN;
    const capacity = capacityOf(memory, pipe);
    let tail = peek(words, traffic + Traffic.TAIL);
    let room = capacity - ((tail - peek(words, traffic + Traffic.HEAD_SEEN)) | 0);
    if (room < to - from) room = capacity - lookForUnread(words, traffic, tail);
    if (room < need) return NOT_NOW;
    writtenFrom = tail;
    let at = from;
    do {
      const count = Math.min(room, to - at, PIECE_BYTES);
      copyIn(memory, { buffer, capacity }, tail, source, at, count);
      at += count;
      tail = (tail + count) | 0;
      Atomics.store(words, traffic + Traffic.TAIL, tail);
      room -= count;
      if (room === 0) room = capacity - lookForUnread(words, traffic, tail);
    } while (at < to && room > 0);
    return at - from;
  } finally {
    leaveGuard(words, traffic + Traffic.WRITE_GUARD);
  }
}

/** How many bytes the readers have left. */
function lookForUnread(words: Words, traffic: number, tail: number): number {
  const head = Atomics.load(words, traffic + Traffic.HEAD);
  poke(words, traffic + Traffic.HEAD_SEEN, head);
  return (tail - head) | 0;
}

/** As `read`, into the bytes from `from` to `to`, or NOT_NOW. Whoever has read rings for the writers. */
export function tryRead(memory: Memory, pipe: ObjectId, target: Uint8Array, from: number, to: number): number {
  const { words } = memory;
  const traffic = trafficWordOf(words, pipe);
  enterGuard(words, traffic + Traffic.READ_GUARD);
  try {
    const buffer = peek(words, pipeWordOf(pipe, PipeWord.BUFFER));
    if (buffer === 0) return END_OF_FILE;
    let head = peek(words, traffic + Traffic.HEAD);
    let available = (peek(words, traffic + Traffic.TAIL_SEEN) - head) | 0;
    if (available < to - from) {
      // Before TAIL: who has closed the last write end has written all it ever will.
      const ended = Atomics.load(words, pipeWordOf(pipe, PipeWord.WRITERS)) === 0;
      available = lookForBytes(words, traffic, head);
      if (available === 0) return ended ? END_OF_FILE : NOT_NOW;
    }
    let at = from;
    do {
      const count = Math.min(available, to - at, PIECE_BYTES);
      copyOut(memory, { buffer, capacity: capacityOf(memory, pipe) }, head, target, at, count);
      at += count;
      head = (head + count) | 0;
      Atomics.store(words, traffic + Traffic.HEAD, head);
      available -= count;
      if (available === 0 && at < to) available = lookForBytes(words, traffic, head);
    } while (at < to && available > 0);
    return at - from;
  } finally {
    leaveGuard(words, traffic + Traffic.READ_GUARD);
  }
}

function tryReadWithHead(
  memory: Memory,
  pipe: ObjectId,
  head: Uint8Array,
  body: Uint8Array,
  lengthIn: (head: Uint8Array) => number,
): number {
  const { words } = memory;
  const traffic = trafficWordOf(words, pipe);
  enterGuard(words, traffic + Traffic.READ_GUARD);
  try {
    const buffer = peek(words, pipeWordOf(pipe, PipeWord.BUFFER));
    if (buffer === 0) return END_OF_FILE;
    const place = { buffer, capacity: capacityOf(memory, pipe) };
    const from = peek(words, traffic + Traffic.HEAD);
    let available = (peek(words, traffic + Traffic.TAIL_SEEN) - from) | 0;
    if (available < head.length) {
      const ended = Atomics.load(words, pipeWordOf(pipe, PipeWord.WRITERS)) === 0;
      available = lookForBytes(words, traffic, from);
      if (available === 0) return ended ? END_OF_FILE : NOT_NOW;
    }
    let count = Math.min(available, head.length);
    copyOut(memory, place, from, head, 0, count);
    if (count === head.length) {
      const length = lengthIn(head);
      if (available < count + length) available = lookForBytes(words, traffic, from);
      if (available >= count + length && length <= Math.min(body.length, PIECE_BYTES)) {
        copyOut(memory, place, (from + count) | 0, body, 0, length);
        count += length;
      }
    }
    Atomics.store(words, traffic + Traffic.HEAD, (from + count) | 0);
    return count;
  } finally {
    leaveGuard(words, traffic + Traffic.READ_GUARD);
  }
}

/** How many bytes the writers have left. */
function lookForBytes(words: Words, traffic: number, head: number): number {
  const tail = Atomics.load(words, traffic + Traffic.TAIL);
  poke(words, traffic + Traffic.TAIL_SEEN, tail);
  return (tail - head) | 0;
}

/** Where the bytes are. */
interface Ring {
  readonly buffer: number;
  readonly capacity: number;
}

/** In at most two pieces: up to the end of the ring, and on from its start. */
function copyIn(memory: Memory, place: Ring, tail: number, source: Uint8Array, from: number, count: number): void {
  const start = heapByteAt(place.buffer);
  const at = tail & (place.capacity - 1);
  const first = Math.min(count, place.capacity - at);
  store(memory, start + at, source, from, first);
  if (first < count) store(memory, start, source, from + first, count - first);
}

function copyOut(memory: Memory, place: Ring, head: number, target: Uint8Array, to: number, count: number): void {
  const start = heapByteAt(place.buffer);
  const at = head & (place.capacity - 1);
  const first = Math.min(count, place.capacity - at);
  load(memory, start + at, target, to, first);
  if (first < count) load(memory, start, target, to + first, count - first);
}

function store({ bytes, view }: Memory, at: number, source: Uint8Array, from: number, count: number): void {
  if (count > FEW_BYTES) {
    bytes.set(source.subarray(from, from + count), at);
    return;
  }
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const high = (byteAt(source, from + i) << 8) | byteAt(source, from + i + 1);
    const low = (byteAt(source, from + i + 2) << 8) | byteAt(source, from + i + 3);
    view.setInt32(at + i, (high << 16) | low);
  }
  for (; i < count; i += 1) bytes[at + i] = byteAt(source, from + i);
}

function load({ bytes, view }: Memory, at: number, target: Uint8Array, to: number, count: number): void {
  if (count > FEW_BYTES) {
    target.set(bytes.subarray(at, at + count), to);
    return;
  }
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const word = view.getInt32(at + i);
    target[to + i] = word >> 24;
    target[to + i + 1] = word >> 16;
    target[to + i + 2] = word >> 8;
    target[to + i + 3] = word;
  }
  for (; i < count; i += 1) target[to + i] = byteAt(bytes, at + i);
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] as number;
}

function afterWrite(port: Port, pipe: ObjectId): void {
  const { memory } = port;
  ring(port, pipe, PipeWord.READERS_WAIT, PipeWord.READ_BELL);
  if (isWatched(memory, pipe) && wasEmpty(memory, pipe)) announce(memory, pipe, (bell) => port.wake(bell, -1, pipe));
}

/** Nothing was left of what had been written before the last write. */
function wasEmpty({ words }: Memory, pipe: ObjectId): boolean {
  const head = Atomics.load(words, trafficWordOf(words, pipe) + Traffic.HEAD);
  return ((head - writtenFrom) | 0) >= 0;
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
