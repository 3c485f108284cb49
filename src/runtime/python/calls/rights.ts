import type { ObjectId } from '../../../base/ids.ts';
import { BROKEN, needOf, NOT_NOW, tryWrite } from '../../../sync/pipe.ts';
import type { Call } from '../carrier.ts';
import { Errno } from '../errno.ts';
import type { Machinery } from '../machinery.ts';
import type { SentDescriptor } from '../open-files.ts';
import { afterWrite, awaitReadable, awaitRoom, readPipe } from '../pipes.ts';
import { bytesOf, type Buffer } from '../pyodide-internals.ts';
import { attach, bytesBeforeRights, detach, headOf, tailOf, takeRights } from '../rights.ts';

const MOST_READ = 65_536;

/** The kernel calls below `sendmsg` and `recvmsg`, by which descriptors are sent. */
export function rightsCalls({ carrier, port, files }: Machinery) {
  /** What came with the bytes that were received last. */
  let received: SentDescriptor[] = [];

  return {
    /** `numbers`: descriptors that go with the first byte, divided by commas. How many bytes were sent, or an error number. */
    send_with: (number: number, data: Buffer, numbers: string): unknown =>
      carrier.enterStep(send(number, bytesOf(data), numbers.split(',').filter(Boolean).map(Number))),
    /** Bytes, or an error number. It does not read past the next descriptors. */
    receive_with: (number: number, length: number): unknown => carrier.enterStep(receive(number, length)),
    /** The descriptors that came with those bytes, at most so many: their numbers, divided by commas. */
    take_received(most: number): string {
      const numbers = received.slice(0, most).map((sent) => files.adopt(sent));
      const more = received.length > most ? '+' : '';
      received = [];
      return more + numbers.filter((number) => number >= 0).join(',');
    },
  };

  function* send(number: number, bytes: Uint8Array, numbers: readonly number[]): Call<number> {
    const descriptor = files.get(number);
    if (descriptor?.file.socket === undefined) return Errno.ENOTSOCK;
    const sent = packAll(numbers);
    if (typeof sent === 'number') return sent;
    const { blocks } = descriptor.file;
    const count = descriptor.writer === null ? BROKEN : yield* write(descriptor.writer.pipe, bytes, sent, blocks);
    if (count > 0) return count;
    for (const one of sent) files.unpack(one);
    return count === BROKEN ? Errno.EPIPE : count === NOT_NOW ? Errno.EAGAIN : Errno.ENOMEM;
  }

  /** How many bytes; else BROKEN, NOT_NOW, or 0: there is no room for what goes with them. */
  function* write(pipe: ObjectId, bytes: Uint8Array, sent: readonly SentDescriptor[], blocks: boolean): Call<number> {
    for (;;) {
      const block = attach(port.memory, pipe, tailOf(port.memory, pipe), sent);
      if (block === 0) return 0;
      const count = tryWrite(port.memory, pipe, bytes, 0, bytes.length, needOf(bytes.length));
      if (count > 0) {
        for (const one of sent) files.launch(one);
        yield* afterWrite(port, pipe, count);
        return count;
      }
      detach(port.memory, pipe, block);
      if (count === BROKEN || !blocks) return count;
      yield* awaitRoom(port, pipe);
    }
  }

  function packAll(numbers: readonly number[]): SentDescriptor[] | number {
    const sent: SentDescriptor[] = [];
    for (const number of numbers) {
      const packed = files.packNumber(number, 0);
      if (typeof packed === 'number') {
        for (const before of sent) files.unpack(before);
        return packed;
      }
      sent.push(packed);
    }
    return sent;
  }

  function* receive(number: number, length: number): Call<Uint8Array | number> {
    const descriptor = files.get(number);
    if (descriptor?.file.socket === undefined) return Errno.ENOTSOCK;
    if (descriptor.reader === null) return new Uint8Array();
    const { pipe } = descriptor.reader;
    if (descriptor.file.blocks) yield* awaitReadable(port, pipe, Infinity);
    const most = Math.min(length, MOST_READ, bytesBeforeRights(port.memory, pipe));
    const target = new Uint8Array(most);
    const at = headOf(port.memory, pipe);
    const count = yield* readPipe(port, pipe, target, descriptor.file.blocks);
    if (count < 0) return count;
    // What came with bytes that somebody has read without asking for more is nobody's.
    takeRights(port.memory, pipe, at, false);
    received = count === 0 ? [] : takeRights(port.memory, pipe, at, true);
    return target.subarray(0, count);
  }
}
