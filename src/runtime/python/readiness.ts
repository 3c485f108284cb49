import type { ObjectId } from '../../base/ids.ts';
import { PipeWord, pipeWordOf } from '../../abi/pipe-row.ts';
import { ATOMIC_BYTES, bytesIn, isReadable, isWritable } from '../../sync/pipe.ts';
import type { Machinery } from './machinery.ts';
import { isHeld } from './pyodide-internals.ts';
import type { TurnPort } from './turn.ts';

/** Events, as POSIX numbers them on Linux. */
export const Poll = { IN: 1, OUT: 4, ERR: 8, HUP: 16, NVAL: 32 } as const;

/** The events of these that are there now, at what is open under this number. A file never waits. */
export function eventsAt({ python, port, files }: Machinery, number: number, events: number): number {
  const descriptor = files.get(number);
  if (descriptor === undefined) return isHeld(python, number) ? events & (Poll.IN | Poll.OUT) : Poll.NVAL;
  const { file, reader, writer } = descriptor;
  const isSocket = file.kind === 'socket';
  let now = 0;
  if (reader !== null) now |= eventsToRead(port, reader.pipe, isSocket) & (events | Poll.HUP);
  if (writer !== null && file.socket?.state !== 'listening')
    now |= eventsToWrite(port, writer.pipe, isSocket) & (events | Poll.ERR | Poll.HUP);
  return reader === null && writer === null ? (Poll.OUT | Poll.HUP) & (events | Poll.HUP) : now;
}

/** At its end a pipe is not readable, but hung up. A socket is readable, too; that it is hung up, its other half must say as well. */
function eventsToRead(port: TurnPort, pipe: ObjectId, isSocket: boolean): number {
  const hasBytes = bytesIn(port.memory, pipe) > 0 ? Poll.IN : 0;
  const writers = Atomics.load(port.memory.words, pipeWordOf(pipe, PipeWord.WRITERS));
  if (writers > 0 || !isReadable(port.memory, pipe)) return hasBytes;
  return isSocket ? Poll.IN : hasBytes | Poll.HUP;
}

function eventsToWrite(port: TurnPort, pipe: ObjectId, isSocket: boolean): number {
  if (Atomics.load(port.memory.words, pipeWordOf(pipe, PipeWord.READERS)) === 0) {
    return Poll.OUT | (isSocket ? Poll.HUP : Poll.ERR);
  }
  return isWritable(port.memory, pipe, ATOMIC_BYTES) ? Poll.OUT : 0;
}
