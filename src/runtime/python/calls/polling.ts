import type { ObjectId } from '../../../base/ids.ts';
import { PipeWord, pipeWordOf } from '../../../abi/pipe-row.ts';
import { BlockReason } from '../../../abi/record.ts';
import { bellOf, unwatch, watch } from '../../../abi/watch.ts';
import { ATOMIC_BYTES, bytesIn, isReadable, isWritable } from '../../../sync/pipe.ts';
import type { Call } from '../carrier.ts';
import { Errno } from '../errno.ts';
import type { Machinery } from '../machinery.ts';
import { isHeld } from '../pyodide-internals.ts';
import { ticksOf } from './threads.ts';

/** Events, as POSIX numbers them on Linux. */
const Poll = { IN: 1, OUT: 4, ERR: 8, HUP: 16, NVAL: 32 } as const;

interface Wanted {
  readonly number: number;
  readonly events: number;
}

/** The kernel calls below `select`. */
export function pollCalls({ carrier, port, files, python }: Machinery) {
  return {
    /** `wanted`: numbers and events in turn, divided by commas; so is the answer, of those that have some. Or an error number. */
    poll: (wanted: string, seconds: number): unknown => carrier.enter(poll(parse(wanted), ticksOf(seconds))),
  };

  /** As `src/sync/poll.ts`; the waiting is said in abi/watch.ts. */
  function* poll(wanted: readonly Wanted[], ticks: number): Call<string | number> {
    const at = eventsOf(wanted);
    if (at !== '' || ticks <= 0) return at;
    const bell = bellOf(port.self);
    const rows: number[] = [];
    try {
      for (const object of objectsOf(wanted)) {
        const row = watch(port.memory, object, bell);
        if (row === 0) return Errno.ENOMEM;
        rows.push(row);
      }
      return yield* awaitBell(wanted, bell, ticks);
    } finally {
      for (const row of rows) unwatch(port.memory, row);
    }
  }

  function* awaitBell(wanted: readonly Wanted[], bell: number, ticks: number): Call<string> {
    const { words } = port.memory;
    const deadline = port.now() + ticks;
    const [first = port.self] = objectsOf(wanted);
    for (;;) {
      const rung = Atomics.load(words, bell);
      sayThatWritersWait(wanted);
      const found = eventsOf(wanted);
      const left = deadline - port.now();
      if (found !== '' || left <= 0) return found;
      yield* port.wait(bell, rung, left, first, BlockReason.POLL);
    }
  }

  function sayThatWritersWait(wanted: readonly Wanted[]): void {
    for (const { number, events } of wanted) {
      const writer = files.get(number)?.writer ?? null;
      if (writer === null || (events & Poll.OUT) === 0) continue;
      Atomics.store(port.memory.words, pipeWordOf(writer.pipe, PipeWord.WRITERS_WAIT), 1);
    }
  }

  function objectsOf(wanted: readonly Wanted[]): ObjectId[] {
    return wanted.flatMap(({ number }) => {
      const descriptor = files.get(number);
      return [descriptor?.reader, descriptor?.writer].flatMap((end) => end?.pipe ?? []);
    });
  }

  function eventsOf(wanted: readonly Wanted[]): string {
    const found: number[] = [];
    for (const { number, events } of wanted) {
      const now = eventsAt(number, events);
      if (now !== 0) found.push(number, now);
    }
    return found.join(',');
  }

  /** A file never waits. */
  function eventsAt(number: number, events: number): number {
    const descriptor = files.get(number);
    if (descriptor === undefined) return isHeld(python, number) ? events & (Poll.IN | Poll.OUT) : Poll.NVAL;
    const { file, reader, writer } = descriptor;
    const isSocket = file.kind === 'socket';
    let now = 0;
    if (reader !== null) now |= eventsToRead(reader.pipe, isSocket) & (events | Poll.HUP);
    if (writer !== null && file.socket?.state !== 'listening')
      now |= eventsToWrite(writer.pipe, isSocket) & (events | Poll.ERR | Poll.HUP);
    return reader === null && writer === null ? (Poll.OUT | Poll.HUP) & (events | Poll.HUP) : now;
  }

  /** At its end a pipe is not readable, but hung up. A socket is readable, too; that it is hung up, its other half must say as well. */
  function eventsToRead(pipe: ObjectId, isSocket: boolean): number {
    const hasBytes = bytesIn(port.memory, pipe) > 0 ? Poll.IN : 0;
    const writers = Atomics.load(port.memory.words, pipeWordOf(pipe, PipeWord.WRITERS));
    if (writers > 0 || !isReadable(port.memory, pipe)) return hasBytes;
    return isSocket ? Poll.IN : hasBytes | Poll.HUP;
  }

  function eventsToWrite(pipe: ObjectId, isSocket: boolean): number {
    if (Atomics.load(port.memory.words, pipeWordOf(pipe, PipeWord.READERS)) === 0) {
      return Poll.OUT | (isSocket ? Poll.HUP : Poll.ERR);
    }
    return isWritable(port.memory, pipe, ATOMIC_BYTES) ? Poll.OUT : 0;
  }
}

function parse(words: string): Wanted[] {
  const numbers = words === '' ? [] : words.split(',').map(Number);
  const wanted: Wanted[] = [];
  for (let index = 0; index < numbers.length; index += 2) {
    wanted.push({ number: numbers[index] ?? -1, events: numbers[index + 1] ?? 0 });
  }
  return wanted;
}
