import type { ObjectId } from '../../base/ids.ts';
import type { Ticks } from '../../base/units.ts';
import { hangUp, type Closing } from '../../abi/descriptor-table.ts';
import { PipeWord, pipeWordOf } from '../../abi/pipe-row.ts';
import { BlockReason, Kind } from '../../abi/record.ts';
import { isShown } from '../../abi/shown-row.ts';
import { announce } from '../../abi/watch.ts';
import {
  ATOMIC_BYTES,
  BROKEN,
  bytesIn,
  isReadable,
  isWritable,
  needOf,
  NOT_NOW,
  strike,
  tryRead,
  tryWrite,
} from '../../sync/pipe.ts';
import type { Call } from './carrier.ts';
import { Errno } from './errno.ts';
import { pieceRead, type Piece } from './messages.ts';
import type { TurnPort } from './turn.ts';

/** The waiting of `src/sync/pipe.ts`, as kernel calls; why no wake-up is lost is said there. */

/** Reads into `target` what there is. How many bytes, 0 = end of file, or EAGAIN, unless it `blocks`. */
export function* readPipe(port: TurnPort, pipe: ObjectId, target: Uint8Array, blocks: boolean): Call<number> {
  for (;;) {
    const count = tryRead(port.memory, pipe, target, 0, target.length);
    if (count !== NOT_NOW) {
      if (count > 0) yield* afterRead(port, pipe, count);
      return count;
    }
    if (!blocks) return Errno.EAGAIN;
    yield* awaitReadable(port, pipe, Infinity);
  }
}

/** Writes all the bytes; or, unless it `blocks`, as many as there is room for. How many, EAGAIN, or EPIPE. */
export function* writePipe(port: TurnPort, pipe: ObjectId, bytes: Uint8Array, blocks: boolean): Call<number> {
  let from = 0;
  while (from < bytes.length) {
    // A write that may be split goes on as soon as there is any room.
    const need = from === 0 ? needOf(bytes.length) : 1;
    const count = tryWrite(port.memory, pipe, bytes, from, bytes.length, need);
    if (count === BROKEN) return from === 0 ? Errno.EPIPE : from;
    if (count === NOT_NOW) {
      if (!blocks) return from === 0 ? Errno.EAGAIN : from;
      yield* awaitRoom(port, pipe);
    } else {
      from += count;
      yield* afterWrite(port, pipe, count);
    }
  }
  return from;
}

/** Waits until a read would not wait, for at most `ticks`; false = time is up. */
export function* awaitReadable(port: TurnPort, pipe: ObjectId, ticks: Ticks): Call<boolean> {
  const { words } = port.memory;
  const deadline = port.now() + ticks;
  const bell = pipeWordOf(pipe, PipeWord.READ_BELL);
  for (;;) {
    const rung = Atomics.load(words, bell);
    if (isReadable(port.memory, pipe)) return true;
    const left = deadline - port.now();
    if (left <= 0) return false;
    Atomics.store(words, pipeWordOf(pipe, PipeWord.READERS_WAIT), 1);
    if (!isReadable(port.memory, pipe)) yield* port.wait(bell, rung, left, pipe, BlockReason.PIPE_EMPTY);
  }
}

/** Waits until there is room, or nobody can read any more. Woken it has to look again. */
export function* awaitRoom(port: TurnPort, pipe: ObjectId): Call<void> {
  const { words } = port.memory;
  const bell = pipeWordOf(pipe, PipeWord.WRITE_BELL);
  const rung = Atomics.load(words, bell);
  Atomics.store(words, pipeWordOf(pipe, PipeWord.WRITERS_WAIT), 1);
  if (!isWritable(port.memory, pipe, ATOMIC_BYTES)) {
    yield* port.wait(bell, rung, Infinity, pipe, BlockReason.PIPE_FULL);
  }
}

export function* afterWrite(port: TurnPort, pipe: ObjectId, bytes: number): Call<void> {
  logBytes(port, Kind.SEND, pipe, bytes, () => port.messages.wrote(port.tid, bytes));
  if (strike(port.memory, pipe, PipeWord.READERS_WAIT, PipeWord.READ_BELL)) {
    yield* port.wake(pipeWordOf(pipe, PipeWord.READ_BELL), -1, pipe);
  }
  yield* tell(port, pipe);
}

function logBytes(port: TurnPort, kind: Kind, pipe: ObjectId, bytes: number, pieceOf: () => Piece): void {
  if (!port.logged || !isShown(port.memory, pipe)) return;
  const { ends, text } = pieceOf();
  port.log(kind, 0, pipe, bytes, ends ? 1 : 0, text);
}

/** Who polls until it can write watches the pipe, and has said that it waits. */
function* afterRead(port: TurnPort, pipe: ObjectId, bytes: number): Call<void> {
  logBytes(port, Kind.RECEIVE, pipe, bytes, () => pieceRead(port.memory, pipe, bytesIn(port.memory, pipe)));
  if (!isWritable(port.memory, pipe, ATOMIC_BYTES)) return;
  if (!strike(port.memory, pipe, PipeWord.WRITERS_WAIT, PipeWord.WRITE_BELL)) return;
  yield* port.wake(pipeWordOf(pipe, PipeWord.WRITE_BELL), -1, pipe);
  yield* tell(port, pipe);
}

/** Rings for all who watch the object. */
export function* tell(port: TurnPort, object: ObjectId): Call<void> {
  const bells: number[] = [];
  announce(port.memory, object, (bell) => bells.push(bell));
  for (const bell of bells) yield* port.wake(bell, -1, object);
}

/** Lets those know who wait at the other ends of what was closed. */
export function* hangUpAll(port: TurnPort, closings: readonly Closing[]): Call<void> {
  for (const closing of closings) {
    const words: number[] = [];
    hangUp(port.memory, closing, (word) => words.push(word));
    for (const word of words) yield* port.wake(word, -1, closing.pipe);
  }
}
