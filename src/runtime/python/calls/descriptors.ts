import { NO_OBJECT, type ObjectId } from '../../../base/ids.ts';
import { allocateObject } from '../../../abi/object-table.ts';
import { ObjectKind } from '../../../abi/objects.ts';
import { PIPE_CAPACITY } from '../../../abi/limits.ts';
import { create } from '../../../sync/pipe.ts';
import type { Call } from '../carrier.ts';
import { Errno } from '../errno.ts';
import type { Machinery } from '../machinery.ts';
import { closeDoor } from '../doors.ts';
import type { Descriptor, OpenFile } from '../open-files.ts';
import { hangUpAll, readPipe, writePipe } from '../pipes.ts';
import { bytesOf, type Buffer } from '../pyodide-internals.ts';
import type { TurnPort } from '../turn.ts';

function openFile(kind: OpenFile['kind']): OpenFile {
  return { kind, blocks: true };
}

/** A pipe that nobody has open yet; NO_OBJECT: there is no room for it. */
export function createPipe(port: TurnPort, capacity = PIPE_CAPACITY): ObjectId {
  const pipe = allocateObject(port.memory, ObjectKind.PIPE, 0, port.pid);
  if (pipe === NO_OBJECT || !create(port, pipe, capacity)) return NO_OBJECT;
  return pipe;
}

/** What reading or writing without such an end says. */
function endless(descriptor: Descriptor | undefined, end: 'reader' | 'writer'): number {
  const socket = descriptor?.file.socket;
  if (socket === undefined) return Errno.EBADF;
  if (socket.state === 'connected') return end === 'reader' ? 0 : Errno.EPIPE;
  return socket.family === AF_UNIX && end === 'reader' ? Errno.EINVAL : Errno.ENOTCONN;
}

const AF_UNIX = 1;

/** No read asks for more at once: a pipe holds no more. */
const MOST_READ = PIPE_CAPACITY;

/** The kernel calls below `os`, as far as it is about numbers of open files. */
export function descriptorCalls(machinery: Machinery) {
  const { carrier, port, files } = machinery;
  return {
    /** A pipe: its read end's number, and in the upper half its write end's. */
    pipe(): number {
      const pipe = createPipe(port);
      if (pipe === NO_OBJECT) return Errno.ENFILE;
      const reader = files.add(openFile('pipe'), pipe, null);
      if (reader < 0) return reader;
      const writer = files.add(openFile('pipe'), null, pipe);
      if (writer < 0) files.close(reader);
      return writer < 0 ? writer : reader | (writer << 16);
    },

    /** Bytes, or an error number. */
    read: (number: number, length: number): unknown => carrier.enterStep(read(number, length)),
    write: (number: number, data: Buffer): unknown => carrier.enterStep(write(number, bytesOf(data))),
    close: (number: number): unknown => carrier.enter(close(number)),
    dup: (number: number): number => {
      const descriptor = files.get(number);
      return descriptor === undefined ? Errno.EBADF : files.duplicate(descriptor);
    },
    /** Precondition: `to` is not in use. */
    dup_to: (number: number, to: number): number => {
      const descriptor = files.get(number);
      return descriptor === undefined ? Errno.EBADF : files.duplicate(descriptor, to);
    },
    set_blocking(number: number, blocks: boolean): number {
      const descriptor = files.get(number);
      if (descriptor === undefined) return Errno.EBADF;
      descriptor.file.blocks = blocks;
      return 0;
    },
    blocks: (number: number): number => (files.get(number)?.file.blocks === false ? 0 : 1),
    /** Whether the kernel has it open, and not C. */
    is_open: (number: number): number => (files.get(number) === undefined ? 0 : 1),
    is_socket: (number: number): number => (files.get(number)?.file.kind === 'socket' ? 1 : 0),
  };

  function* read(number: number, length: number): Call<Uint8Array | number> {
    const descriptor = files.get(number);
    if (descriptor === undefined || descriptor.reader === null || descriptor.file.socket?.state === 'listening') {
      return endless(descriptor, 'reader') || new Uint8Array();
    }
    if (length === 0) return new Uint8Array();
    const target = new Uint8Array(Math.min(length, MOST_READ));
    const count = yield* readPipe(port, descriptor.reader.pipe, target, descriptor.file.blocks);
    return count < 0 ? count : target.subarray(0, count);
  }

  function* write(number: number, bytes: Uint8Array): Call<number> {
    const descriptor = files.get(number);
    if (descriptor === undefined || descriptor.writer === null || descriptor.file.socket?.state === 'listening') {
      return endless(descriptor, 'writer');
    }
    return yield* writePipe(port, descriptor.writer.pipe, bytes, descriptor.file.blocks);
  }

  function* close(number: number): Call<number> {
    const descriptor = files.get(number);
    if (descriptor === undefined) return Errno.EBADF;
    const closings = files.close(number);
    if (descriptor.file.socket !== undefined) closings.push(...closeDoor(machinery, descriptor.file));
    yield* hangUpAll(port, closings);
    return 0;
  }
}
