import { asObjectId, type ObjectId } from '../../../base/ids.ts';
import { adopt, close, countOf, isOpen, numberOf, open, TABLE_FULL } from '../../../abi/descriptor-table.ts';
import type { End } from '../../../abi/pipe-row.ts';
import { Kind } from '../../../abi/record.ts';
import type { Port } from '../../../sync/port.ts';
import { enclose, tellClosed, tooManyOpen } from '../codec/parcel.ts';

/** An end of a pipe that this process has open, or has had. */
export class PipeEnd {
  readonly pipe: ObjectId;
  readonly end: End;
  readonly #descriptor: number;
  #closed = false;

  private constructor(pipe: ObjectId, end: End, descriptor: number) {
    this.pipe = pipe;
    this.end = end;
    this.#descriptor = descriptor;
  }

  /** @throws OSError when there is no room for another. */
  static open(port: Port, pipe: ObjectId, end: End): PipeEnd {
    const descriptor = open(port.memory, port.pid, pipe, end);
    if (descriptor === TABLE_FULL) throw tooManyOpen();
    logEnd(port, true, pipe, end, countOf(port.memory, pipe, end));
    return new PipeEnd(pipe, end, descriptor);
  }

  /** One that was sent. A new process has it already; else it is this one's from now on. */
  static receive(port: Port, pipe: number, end: End, descriptor: number): PipeEnd {
    const received = new PipeEnd(asObjectId(pipe), end, descriptor);
    const { memory, pid } = port;
    if (adopt(memory, descriptor, pid)) logEnd(port, true, received.pipe, end, countOf(memory, received.pipe, end));
    return received;
  }

  /** It may have been closed in another thread of the process. */
  isOpen(port: Port): boolean {
    this.#closed ||= !isOpen(port.memory, this.#descriptor, port.pid, this.pipe, this.end);
    return !this.#closed;
  }

  /** As the operating system numbers it. Precondition: it is open. */
  number(port: Port): number {
    return numberOf(port.memory, this.#descriptor);
  }

  /** Its descriptor for whoever gets the parcel that is being packed. @throws OSError when it is closed */
  send(port: Port): number {
    return enclose(port, this.#descriptor, this.pipe, this.end);
  }

  /** Whoever waits at the other end learns when it was the last one. Nothing happens if it is closed. */
  close(port: Port): void {
    if (this.#closed) return;
    this.#closed = true;
    const closing = close(port.memory, this.#descriptor, port.pid, this.pipe, this.end);
    if (closing === null) return;
    logEnd(port, false, closing.pipe, closing.end, closing.left);
    tellClosed(port, closing);
  }
}

/** The record that an end was opened or closed in this process; `count` such ends are open now, in all processes. */
function logEnd(port: Port, opened: boolean, pipe: ObjectId, end: End, count: number): void {
  port.log(Kind.PIPE_END, opened ? 1 : 0, pipe, end, port.pid, count);
}
