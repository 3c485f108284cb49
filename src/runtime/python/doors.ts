import { asObjectId, NO_OBJECT, type ObjectId } from '../../base/ids.ts';
import { close, countOf, IN_FLIGHT, open, TABLE_FULL, type Closing } from '../../abi/descriptor-table.ts';
import { findNamed, giveName, takeName } from '../../abi/named-row.ts';
import { End } from '../../abi/pipe-row.ts';
import { decodeText, encodeText } from '../../abi/text.ts';
import { tryRead } from '../../sync/pipe.ts';
import { Errno } from './errno.ts';
import type { Machinery } from './machinery.ts';
import type { OpenFile, PipeEnd } from './open-files.ts';
import type { TurnPort } from './turn.ts';

/**
 * Where sockets meet. A door is a pipe with a name; who listens has both its ends open, and who connects makes two pipes and writes into the
 * door which they are. One record has RECORD_BYTES, so that it is read whole or not at all.
 */
export const RECORD_BYTES = 512;

/** A connection on its way through a door: the ends of who will accept it, and where it comes from. */
export interface Arrival {
  readonly reader: PipeEnd;
  readonly writer: PipeEnd;
  readonly peer: string;
}

export function packArrival(arrival: Arrival): Uint8Array {
  const record = new Uint8Array(RECORD_BYTES);
  record.set(encodeText(JSON.stringify(arrival)));
  return record;
}

export function unpackArrival(record: Uint8Array): Arrival {
  return JSON.parse(decodeText(record.subarray(0, record.indexOf(0)))) as Arrival;
}

/** The ends of two pipes for who will accept; null: the table is full. */
export function launchEnds({ memory }: TurnPort, toRead: ObjectId, toWrite: ObjectId): [PipeEnd, PipeEnd] | null {
  const reader = open(memory, IN_FLIGHT, toRead, End.READ);
  const writer = reader === TABLE_FULL ? TABLE_FULL : open(memory, IN_FLIGHT, toWrite, End.WRITE);
  if (reader !== TABLE_FULL && writer === TABLE_FULL) close(memory, reader, IN_FLIGHT, toRead, End.READ);
  if (writer === TABLE_FULL) return null;
  return [
    { row: reader, pipe: toRead },
    { row: writer, pipe: toWrite },
  ];
}

/** Nobody will ever take these. */
export function dropEnds({ memory }: TurnPort, { reader, writer }: Pick<Arrival, 'reader' | 'writer'>): Closing[] {
  return [
    close(memory, reader.row, IN_FLIGHT, reader.pipe, End.READ),
    close(memory, writer.row, IN_FLIGHT, writer.pipe, End.WRITE),
  ].filter((closing) => closing !== null);
}

/** Whether somebody listens at this door. */
export function isOpenDoor({ memory }: TurnPort, door: ObjectId): boolean {
  return countOf(memory, door, End.READ) > 0;
}

/** The door that is called so; NO_OBJECT: nothing is, or nobody listens there. */
export function findDoor(port: TurnPort, name: string): ObjectId {
  const door = findNamed(port.memory, name);
  return door === NO_OBJECT || !isOpenDoor(port, door) ? NO_OBJECT : door;
}

/** 0, or EADDRINUSE. One that nobody listens at any more gives its name away. */
export function nameDoor(port: TurnPort, door: ObjectId, name: string): number {
  const other = findNamed(port.memory, name);
  if (other !== NO_OBJECT && isOpenDoor(port, other)) return Errno.EADDRINUSE;
  if (other !== NO_OBJECT) takeName(port.memory, other);
  giveName(port.memory, door, name);
  return 0;
}

/**
 * After a number of a socket was closed: if it was the last that listened, those who wait to be accepted hear that nobody will. What
 * is to be told of it is returned.
 */
export function closeDoor({ port, files }: Machinery, file: OpenFile): Closing[] {
  const { socket } = file;
  if (socket === undefined || socket.door === 0) return [];
  const door = asObjectId(socket.door);
  if (isOpenDoor(port, door) || !files.sharing(file).next().done) return [];
  takeName(port.memory, door);
  const closings: Closing[] = [];
  const record = new Uint8Array(RECORD_BYTES);
  while (tryRead(port.memory, door, record, 0, RECORD_BYTES) > 0) {
    closings.push(...dropEnds(port, unpackArrival(record)));
  }
  return closings;
}
