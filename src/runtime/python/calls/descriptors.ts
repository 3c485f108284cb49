import { NO_OBJECT, type ObjectId } from '../../../base/ids.ts';
import { allocateObject } from '../../../abi/object-table.ts';
import { ObjectKind } from '../../../abi/objects.ts';
import { PIPE_CAPACITY } from '../../../abi/limits.ts';
import { create } from '../../../sync/pipe.ts';
import type { Call } from '../carrier.ts';
import { Errno } from '../errno.ts';
import type { Machinery } from '../machinery.ts';
import type { OpenFile } from '../open-files.ts';
import { hangUpAll, readPipe, writePipe } from '../pipes.ts';
import { bytesOf, type Buffer } from '../pyodide-internals.ts';
import type { TurnPort } from '../turn.ts';

/** A new open file. */
export function openFile(kind: OpenFile['kind']): OpenFile {
  return { kind, blocks: true, address: '', peer: '', listens: false };
}

/** A pipe that nobody has open yet; NO_OBJECT: there is no room for it. */
export function createPipe(port: TurnPort): ObjectId {
  const pipe = allocateObject(port.memory, ObjectKind.PIPE, 0, port.pid);
  if (pipe === NO_OBJECT || !create(port, pipe, PIPE_CAPACITY)) return NO_OBJECT;
  return pipe;
}

/** No read asks for more at once: a pipe holds no more. */
const MOST_READ = PIPE_CAPACITY;

/** The kernel calls below `os`, as far as it is about numbers of open files. */
export function descriptorCalls({ carrier, port, files }: Machinery) {
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
    /** A number that swallows all that is written to it. */
    null_file: (number: number): number => files.add(openFile('null'), null, null, number),

    /** Bytes, or an error number. */
    read: (number: number, length: number): unknown => carrier.enter(read(number, length)),
    write: (number: number, data: Buffer): unknown => carrier.enter(write(number, bytesOf(data))),
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
    is_socket: (number: number): number => (files.get(number)?.file.kind === 'socket' ? 1 : 0),
  };

  function* read(number: number, length: number): Call<Uint8Array | number> {
    const descriptor = files.get(number);
    if (descriptor?.file.kind === 'null') return new Uint8Array();
    if (descriptor === undefined || descriptor.reader === null) return Errno.EBADF;
    if (length === 0) return new Uint8Array();
    const target = new Uint8Array(Math.min(length, MOST_READ));
    const count = yield* readPipe(port, descriptor.reader.pipe, target, descriptor.file.blocks);
    return count < 0 ? count : target.subarray(0, count);
  }

  function* write(number: number, bytes: Uint8Array): Call<number> {
    const descriptor = files.get(number);
    if (descriptor?.file.kind === 'null') return bytes.length;
    if (descriptor === undefined || descriptor.writer === null) return Errno.EBADF;
    return yield* writePipe(port, descriptor.writer.pipe, bytes, descriptor.file.blocks);
  }

  function* close(number: number): Call<number> {
    if (files.get(number) === undefined) return Errno.EBADF;
    yield* hangUpAll(port, files.close(number));
    return 0;
  }
}
