import type { ObjectId } from '../../../base/ids.ts';
import type { Ticks } from '../../../base/units.ts';
import { close, countOf, open, TABLE_FULL } from '../../../abi/descriptor-table.ts';
import { ObjectKind, PartRole } from '../../../abi/objects.ts';
import { End } from '../../../abi/pipe-row.ts';
import { Kind, Operation, Outcome } from '../../../abi/record.ts';
import { exitCode } from '../../../sync/exit-word.ts';
import { FOREVER, type Port } from '../../../sync/port.ts';
import { HostReset } from '../../host-reset.ts';
import { current, type Current } from '../current.ts';
import { BrokenPipeError, ConnectionRefusedError } from '../errors.ts';
import { finalizeThread } from '../finalizers.ts';
import { repr } from '../format.ts';
import { IN_ONE_STEP, packFrame, readFrame, writeFrame, type Message } from '../pipes/frame.ts';
import { createPart, logCall, logDone } from '../operation.ts';
import { dispatch, tellClosed, tooManyOpen, wrap } from '../codec/parcel.ts';
import { initialisePipe } from '../pipes/pipe.ts';
import { PipeEnd } from '../pipes/pipe-end.ts';
import { shown } from '../shown.ts';
import { doorOf, pidOf, serverOf } from './address.ts';

/** What a client sends: which object, 0 = the server itself; what is asked of it; how long the answer may take. */
export type Request = readonly [object: number, method: string, args: readonly unknown[], ticks: Ticks];

/** What comes back: the answer, or the error that the request ended in. */
export type Reply = readonly [ok: boolean, value: unknown];

/** What a client says at the door: the two pipes that it has made, and the server's ends of them. */
export type Knock = readonly [requests: number, reader: number, replies: number, writer: number];

/** The server itself, as the object of a request. */
export const SERVER_ITSELF = 0;

/**
 * Opens an end for the server, so that it is closed with the server, whether it has ever heard of it or not.
 * @throws ConnectionRefusedError when the server has ended, or ends meanwhile
 */
function openFor(port: Port, manager: ObjectId, pipe: ObjectId, end: End): number {
  const pid = pidOf(port, manager);
  const descriptor = open(port.memory, pid, pipe, end);
  if (descriptor === TABLE_FULL) throw tooManyOpen();
  if (hasEnded(port, manager)) {
    // The kernel has closed what the server had open, before or just now.
    const closing = close(port.memory, descriptor, pid, pipe, end);
    if (closing !== null) tellClosed(port, closing);
    throw new ConnectionRefusedError();
  }
  port.log(Kind.PIPE_END, 1, pipe, end, pid, countOf(port.memory, pipe, end));
  return descriptor;
}

function hasEnded(port: Port, manager: ObjectId): boolean {
  return exitCode(port, serverOf(port, manager)) !== null;
}

/** A thread's connection to a manager's server: one pipe for its requests, one for the replies. */
export class Client {
  readonly #requests: PipeEnd;
  readonly #replies: PipeEnd;

  /** @throws ConnectionRefusedError when the server has ended */
  constructor(port: Port, manager: ObjectId) {
    if (hasEnded(port, manager)) throw new ConnectionRefusedError();
    const requests = createPart(manager, PartRole.PIPE, 'requests', ObjectKind.PIPE, initialisePipe);
    const replies = createPart(manager, PartRole.PIPE, 'replies', ObjectKind.PIPE, initialisePipe);
    this.#requests = PipeEnd.open(port, requests, End.WRITE);
    this.#replies = PipeEnd.open(port, replies, End.READ);
    try {
      const reader = openFor(port, manager, requests, End.READ);
      const writer = openFor(port, manager, replies, End.WRITE);
      this.#knock(port, manager, [requests, reader, replies, writer]);
    } catch (error) {
      if (!(error instanceof HostReset)) this.close(port);
      throw error;
    }
  }

  /**
   * One visible operation: the request goes off, and the thread waits for the reply.
   * @throws what the request has ended in; BrokenPipeError, EOFError when the server has ended; TypeError `cannot pickle …`
   */
  request(object: ObjectId, [target, method, args, ticks]: Request): unknown {
    const { port } = current();
    port.step();
    const parcel = wrap('pipe', () => packFrame([target, method, args, ticks] satisfies Request));
    logCall(port, Operation.REQUEST, object);
    try {
      const text = (): string => asCall(method, args);
      dispatch(port, parcel, () => writeFrame(port, this.#requests.pipe, parcel.packed, text, IN_ONE_STEP));
    } catch (error) {
      if (!(error instanceof HostReset)) logDone(port, Operation.REQUEST, object, Outcome.ERROR);
      throw error;
    }
    const [ok, value] = this.#reply(port, object);
    logDone(port, Operation.REQUEST, object, ok ? Outcome.OK : Outcome.ERROR);
    if (ok) return value;
    throw value;
  }

  close(port: Port): void {
    this.#requests.close(port);
    this.#replies.close(port);
  }

  #reply(port: Port, object: ObjectId): Reply {
    try {
      const text = (message: Message): string => shown((message.value as Reply)[1]);
      return readFrame(port, this.#replies.pipe, text, IN_ONE_STEP)?.value as Reply;
    } catch (error) {
      if (!(error instanceof HostReset)) logDone(port, Operation.REQUEST, object, Outcome.ERROR);
      throw error;
    }
  }

  #knock(port: Port, manager: ObjectId, knock: Knock): void {
    const door = PipeEnd.open(port, doorOf(port, manager), End.WRITE);
    try {
      if (hasEnded(port, manager)) throw new BrokenPipeError();
      writeFrame(port, door.pipe, packFrame(knock), () => 'connect', IN_ONE_STEP);
    } catch (error) {
      if (!(error instanceof HostReset)) door.close(port);
      if (error instanceof BrokenPipeError) throw new ConnectionRefusedError();
      throw error;
    }
    door.close(port);
  }
}

/** A request as a record shows it: `set('n', 99)`. */
export function asCall(method: string, args: readonly unknown[]): string {
  return shown(`${method}(${args.map(repr).join(', ')})`);
}

const clients = new WeakMap<Current, Map<ObjectId, Client>>();

/** Asks a manager's server something, on the thread's own connection, which is made when it is first needed. */
export function ask(
  manager: ObjectId,
  object: ObjectId,
  method: string,
  args: readonly unknown[] = [],
  ticks: Ticks = FOREVER,
): unknown {
  return clientOf(manager).request(object === manager ? manager : object, [
    object === manager ? SERVER_ITSELF : object,
    method,
    args,
    ticks,
  ]);
}

function clientOf(manager: ObjectId): Client {
  const thread = current();
  const known = clients.get(thread) ?? new Map<ObjectId, Client>();
  clients.set(thread, known);
  let client = known.get(manager);
  if (client === undefined) {
    client = new Client(thread.port, manager);
    known.set(manager, client);
  }
  return client;
}

/** The thread ends: the servers that it has asked hear that it will ask no more. */
function closeClients(thread: Current): void {
  for (const client of clients.get(thread)?.values() ?? []) client.close(thread.port);
}

finalizeThread(closeClients);
