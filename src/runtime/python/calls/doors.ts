import { asObjectId, NO_OBJECT } from '../../../base/ids.ts';
import { nameDoor } from '../doors.ts';
import { Errno } from '../errno.ts';
import type { Machinery } from '../machinery.ts';
import { createPipe } from './descriptors.ts';

/** A door holds so much: eight connections that wait to be accepted. */
const DOOR_BYTES = 4096;

/** Type of a file that is a socket's name. */
const SOCKET_MODE = 0o140755;

/** The kernel calls below `bind` and `listen`. None of them waits. */
export function doorCalls({ port, files, python }: Machinery) {
  return {
    /** Makes a file for a socket's name. -1: C shall say why not. */
    make_socket_file(path: string): number {
      try {
        python.FS.mknod(path, SOCKET_MODE, 0);
        return 0;
      } catch {
        return -1;
      }
    },
    /** A door for a socket that has none. Its row, or an error number. */
    make_door(number: number): number {
      const socket = files.get(number)?.file.socket;
      if (socket === undefined) return Errno.ENOTSOCK;
      if (socket.door !== 0 || socket.state !== 'new') return Errno.EINVAL;
      const door = createPipe(port, DOOR_BYTES);
      if (door === NO_OBJECT) return Errno.ENOMEM;
      socket.door = door;
      return door;
    },
    /** 0, or an error number: then it has no door. */
    name_door(number: number, name: string, address: string): number {
      const socket = files.get(number)?.file.socket;
      if (socket === undefined) return Errno.ENOTSOCK;
      const result = nameDoor(port, asObjectId(socket.door), name);
      if (result < 0) socket.door = 0;
      else socket.address = address;
      return result;
    },
    listen(number: number): number {
      const descriptor = files.get(number);
      const socket = descriptor?.file.socket;
      if (descriptor === undefined || socket === undefined) return Errno.ENOTSOCK;
      if (socket.state === 'listening') return 0;
      if (socket.door === 0 || socket.state === 'connected') return Errno.EINVAL;
      const door = asObjectId(socket.door);
      for (const [other, one] of files.sharing(descriptor.file)) {
        if (!files.openEnds(other, one, door, door)) return Errno.ENFILE;
      }
      socket.state = 'listening';
      return 0;
    },
  };
}
