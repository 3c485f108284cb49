import { NO_OBJECT } from '../../../base/ids.ts';
import type { Call } from '../carrier.ts';
import { dropEnds, findDoor, launchEnds, packArrival, RECORD_BYTES, unpackArrival } from '../doors.ts';
import { Errno } from '../errno.ts';
import type { Machinery } from '../machinery.ts';
import type { Descriptor, SocketFile } from '../open-files.ts';
import { hangUpAll, readPipe, writePipe } from '../pipes.ts';
import { createPipe } from './descriptors.ts';
import { socketFile } from './sockets.ts';

/** Ports that nobody has asked for count from here. */
export const FIRST_PORT = 32_768;

/** The kernel calls below `_socket` by which two sockets come together. */
export function connectionCalls({ carrier, port, files }: Machinery) {
  return {
    /** 0, or an error number. `name`: of the door; `host`: where an address of its own shall be, '' = it needs none. */
    connect: (number: number, name: string, peer: string, host: string): unknown =>
      carrier.enterStep(connect(number, name, peer, host)),
    /** The number of a new socket, or an error number. */
    accept: (number: number): unknown => carrier.enterStep(accept(number)),
  };

  function* connect(number: number, name: string, peer: string, host: string): Call<number> {
    const descriptor = files.get(number);
    const socket = descriptor?.file.socket;
    if (descriptor === undefined || socket === undefined) return Errno.ENOTSOCK;
    if (socket.state !== 'new') return socket.state === 'connected' ? Errno.EISCONN : Errno.EINVAL;
    const door = findDoor(port, name);
    if (door === NO_OBJECT) return Errno.ECONNREFUSED;
    const [there, back] = [createPipe(port), createPipe(port)];
    const ends = there === NO_OBJECT || back === NO_OBJECT ? null : launchEnds(port, there, back);
    if (ends === null) return Errno.ENFILE;
    if (host !== '' && socket.address === '') socket.address = `${host}:${FIRST_PORT + there}`;
    const [reader, writer] = ends;
    // Before it is told: who accepts shall not think that nobody is there.
    if (!openAll(descriptor, back, there)) return Errno.ENFILE;
    const record = packArrival({ reader, writer, peer: socket.address });
    const written = yield* writePipe(port, door, record, descriptor.file.blocks);
    if (written < 0) {
      const closings = [...files.sharing(descriptor.file)].flatMap(([, one]) => files.closeEnds(one, true, true));
      yield* hangUpAll(port, [...closings, ...dropEnds(port, { reader, writer })]);
      return written === Errno.EPIPE ? Errno.ECONNREFUSED : written;
    }
    socket.state = 'connected';
    socket.peer = peer;
    return 0;
  }

  function openAll({ file }: Descriptor, toRead: PipeRow, toWrite: PipeRow): boolean {
    return [...files.sharing(file)].every(([number, one]) => files.openEnds(number, one, toRead, toWrite));
  }

  function* accept(number: number): Call<number> {
    const descriptor = files.get(number);
    const socket = descriptor?.file.socket;
    if (descriptor === undefined || socket === undefined) return Errno.ENOTSOCK;
    if (socket.state !== 'listening' || descriptor.reader === null) return Errno.EINVAL;
    const record = new Uint8Array(RECORD_BYTES);
    const count = yield* readPipe(port, descriptor.reader.pipe, record, descriptor.file.blocks);
    if (count <= 0) return count < 0 ? count : Errno.EINVAL;
    return yield* take(socket, record);
  }

  function* take({ family, address }: SocketFile, record: Uint8Array): Call<number> {
    const { reader, writer, peer } = unpackArrival(record);
    const accepted = files.adopt({ ...socketFile(family, 'connected', address, peer), number: 0, reader, writer });
    if (accepted < 0) yield* hangUpAll(port, dropEnds(port, { reader, writer }));
    return accepted;
  }
}

type PipeRow = ReturnType<typeof createPipe>;
