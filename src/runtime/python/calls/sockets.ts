import { NO_OBJECT } from '../../../base/ids.ts';
import type { Closing } from '../../../abi/descriptor-table.ts';
import type { Call } from '../carrier.ts';
import { Errno } from '../errno.ts';
import type { Machinery } from '../machinery.ts';
import type { OpenFile, SocketFile } from '../open-files.ts';
import { hangUpAll } from '../pipes.ts';
import { createPipe } from './descriptors.ts';

/** A new socket's file. */
export function socketFile(family: number, state: SocketFile['state'], address = '', peer = ''): OpenFile {
  return { kind: 'socket', blocks: true, socket: { family, state, address, peer, door: 0 } };
}

/** How `shutdown` says which half it closes. */
const Shut = { READ: 0, WRITE: 1 } as const;

/** The kernel calls below `_socket`, as far as they are about one socket. */
export function socketCalls({ carrier, port, files }: Machinery) {
  const socketAt = (number: number): SocketFile | undefined => files.get(number)?.file.socket;

  return {
    socket: (family: number): number => files.add(socketFile(family, 'new'), null, null),
    /** Two that are connected: the number of one, and in the upper half that of the other. */
    socketpair,
    socket_family: (number: number): number => socketAt(number)?.family ?? Errno.ENOTSOCK,
    socket_address: (number: number): string => socketAt(number)?.address ?? '',
    socket_peer: (number: number): string => socketAt(number)?.peer ?? '',
    /** 0, or an error number: it is not connected. */
    socket_connected: (number: number): number => (socketAt(number)?.state === 'connected' ? 0 : Errno.ENOTCONN),

    shutdown: (number: number, how: number): unknown => carrier.enter(shutdown(number, how)),
  };

  function socketpair(family: number): number {
    const [there, back] = [createPipe(port), createPipe(port)];
    if (there === NO_OBJECT || back === NO_OBJECT) return Errno.ENFILE;
    const one = files.add(socketFile(family, 'connected'), back, there);
    if (one < 0) return one;
    const other = files.add(socketFile(family, 'connected'), there, back);
    if (other < 0) files.close(one);
    return other < 0 ? other : one | (other << 16);
  }

  function* shutdown(number: number, how: number): Call<number> {
    const descriptor = files.get(number);
    const socket = socketAt(number);
    if (descriptor === undefined || socket === undefined) return Errno.ENOTSOCK;
    if (socket.state === 'new') return Errno.ENOTCONN;
    const closings: Closing[] = [];
    for (const [, one] of files.sharing(descriptor.file)) {
      closings.push(...files.closeEnds(one, how !== Shut.WRITE, how !== Shut.READ));
    }
    yield* hangUpAll(port, closings);
    return 0;
  }
}
