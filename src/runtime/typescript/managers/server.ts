import { asObjectId, type ObjectId } from '../../../base/ids.ts';
import type { Ticks } from '../../../base/units.ts';
import { countOf } from '../../../abi/descriptor-table.ts';
import { ObjectKind, PartRole } from '../../../abi/objects.ts';
import { End } from '../../../abi/pipe-row.ts';
import { Kind, ValueForm } from '../../../abi/record.ts';
import { appendText } from '../../../abi/text.ts';
import { exitCode } from '../../../sync/exit-word.ts';
import { isReadable } from '../../../sync/pipe.ts';
import { poll, type Awaited } from '../../../sync/poll.ts';
import { FOREVER, type Port } from '../../../sync/port.ts';
import { current } from '../current.ts';
import { EOFError, OSError } from '../errors.ts';
import { IN_ONE_STEP, packFrame, readFrame, writeFrame, type Message } from '../pipes/frame.ts';
import type { Packed } from '../codec/plain-writer.ts';
import { createPart } from '../operation.ts';
import { dispatch, wrap, type Parcel } from '../codec/parcel.ts';
import { PipeEnd } from '../pipes/pipe-end.ts';
import { shown } from '../shown.ts';
import { passOnFaults } from '../uncatchable.ts';
import { doorOf } from './address.ts';
import { asCall, SERVER_ITSELF, type Knock, type Reply, type Request } from './client.ts';
import { LATER, type Call, type Served } from './served.ts';
import { newServed } from './registry.ts';

function showRequest(message: Message): string {
  const [, method, args] = message.value as Request;
  return asCall(method, args);
}

/** Items of a list that a record needs at most. */
const SHOWN_ITEMS = 20;

interface Caller {
  readonly number: number;
  readonly requests: PipeEnd;
  readonly replies: PipeEnd;
}

/** A request whose answer must wait. */
interface Waiting {
  readonly caller: Caller;
  readonly object: ObjectId;
  readonly call: Call;
  readonly deadline: Ticks;
}

/**
 * A manager's server: one thread that waits at its door and at all its connections at once, and answers one request after the
 * other, in the order in which it sees them come. What must wait (for a lock, for an item) it answers when it can, and
 * serves the others meanwhile. It ends when it is told to, or with its creator.
 *
 * Whoever dies is dropped; what it held stays held, as in CPython, where the server cannot know what was meant either.
 */
class Server {
  readonly #port: Port;
  readonly #manager: ObjectId;
  readonly #creator: ObjectId;
  readonly #door: PipeEnd;
  readonly #kept = new Map<ObjectId, Served>();
  /** What the last record of each says. */
  readonly #texts = new Map<ObjectId, string>();
  #callers: readonly Caller[] = [];
  /** Those who have asked something, in the order in which that was seen. */
  #line: Caller[] = [];
  #waiting: readonly Waiting[] = [];
  #admitted = 0;
  #stopped = false;

  constructor(port: Port, manager: ObjectId, creator: ObjectId) {
    this.#port = port;
    this.#manager = manager;
    this.#creator = creator;
    this.#door = PipeEnd.open(port, doorOf(port, manager), End.READ);
    // As long as it has this end, the door does not look as if nobody would ever come again.
    PipeEnd.open(port, this.#door.pipe, End.WRITE);
  }

  run(): void {
    const port = this.#port;
    while (!this.#stopped && exitCode(port, this.#creator) === null) {
      this.#admit();
      this.#expire();
      this.#lineUp();
      const next = this.#line.shift();
      if (next === undefined) {
        poll(port, this.#awaited(), this.#patience());
      } else {
        port.step();
        this.#serve(next);
      }
    }
  }

  #awaited(): Awaited[] {
    const port = this.#port;
    const pipes = [this.#door.pipe, ...this.#callers.map(({ requests }) => requests.pipe)];
    const creator = { object: this.#creator, isReady: () => exitCode(port, this.#creator) !== null };
    return [...pipes.map((object) => ({ object, isReady: () => isReadable(port.memory, object) })), creator];
  }

  /** Until the first of those who wait gives up. */
  #patience(): Ticks {
    const first = Math.min(FOREVER, ...this.#waiting.map(({ deadline }) => deadline));
    return first - this.#port.now();
  }

  #admit(): void {
    const port = this.#port;
    while (isReadable(port.memory, this.#door.pipe)) {
      const knock = readFrame(port, this.#door.pipe, () => 'connect', IN_ONE_STEP) as Message;
      const [requests, reader, replies, writer] = knock.value as Knock;
      this.#admitted += 1;
      const caller = {
        number: this.#admitted,
        requests: PipeEnd.receive(port, requests, End.READ, reader),
        replies: PipeEnd.receive(port, replies, End.WRITE, writer),
      };
      this.#callers = [...this.#callers, caller];
    }
  }

  #lineUp(): void {
    for (const caller of this.#callers) {
      const asks = isReadable(this.#port.memory, caller.requests.pipe);
      if (asks && !this.#line.includes(caller)) this.#line.push(caller);
    }
  }

  #serve(caller: Caller): void {
    const request = this.#receive(caller);
    if (request === null) return;
    const [object, method, args, ticks] = request;
    const call = { method, args, caller: caller.number };
    if (object === SERVER_ITSELF) {
      this.#answer(caller, () => this.#own(call));
    } else {
      this.#ask({ caller, object: asObjectId(object), call, deadline: this.#port.now() + ticks });
      this.#retry(asObjectId(object));
    }
  }

  /** Null: the caller is gone, or has sent what is no request. */
  #receive(caller: Caller): Request | null {
    const port = this.#port;
    let message: Message;
    try {
      message = readFrame(port, caller.requests.pipe, showRequest, IN_ONE_STEP) as Message;
    } catch (error) {
      passOnFaults(error);
      if (!(error instanceof EOFError || error instanceof OSError)) throw error;
      this.#drop(caller);
      return null;
    }
    try {
      return message.value as Request;
    } catch (error) {
      passOnFaults(error);
      this.#reply(caller, [false, error]);
      return null;
    }
  }

  /** What is asked of the server itself. */
  #own({ method, args }: Call): unknown {
    switch (method) {
      case 'hello':
        return null;
      case 'create':
        return this.#create(...(args as [string, readonly unknown[], string]));
      case 'shutdown':
        this.#stopped = true;
        return null;
      default:
        throw new TypeError(`there is no method '${method}'`);
    }
  }

  #create(typeId: string, args: readonly unknown[], name: string): readonly [object: ObjectId, kind: number] {
    const served = newServed(typeId, args);
    const { kind } = served;
    const object = createPart(this.#manager, PartRole.MANAGED, name, ObjectKind.MANAGED, () => [kind, 0]);
    this.#kept.set(object, served);
    this.#record(object, served);
    return [object, kind];
  }

  /** Answers now, or as soon as it can. */
  #ask(request: Waiting): void {
    if (this.#attempt(request)) return;
    if (request.deadline > this.#port.now()) this.#waiting = [...this.#waiting, request];
    else this.#giveUp(request);
  }

  /** False: the answer must wait. */
  #attempt({ caller, object, call }: Waiting): boolean {
    const served = this.#kept.get(object);
    let waits = false;
    this.#answer(caller, () => {
      if (served === undefined) throw new ReferenceError(`the manager keeps no object ${object}`);
      try {
        const answer = served.answer(call);
        waits = answer === LATER;
        return answer;
      } finally {
        this.#record(object, served); // before the caller can have the answer
      }
    });
    return !waits;
  }

  #giveUp({ caller, object, call }: Waiting): void {
    this.#answer(caller, () => this.#kept.get(object)?.expired(call));
  }

  /** Something was asked of the object: who has waited longest may go on now, and then perhaps another. */
  #retry(object: ObjectId): void {
    this.#waiting = this.#waiting.filter(({ caller }) => !this.#isGone(caller));
    for (;;) {
      const answered = this.#waiting.find((request) => request.object === object && this.#attempt(request));
      if (answered === undefined) return;
      this.#waiting = this.#waiting.filter((request) => request !== answered);
    }
  }

  #expire(): void {
    const now = this.#port.now();
    const late = this.#waiting.filter(({ deadline }) => deadline <= now);
    this.#waiting = this.#waiting.filter(({ deadline }) => deadline > now);
    for (const request of late) this.#giveUp(request);
  }

  /** Sends what `make` returns, or the error in which it ends. */
  #answer(caller: Caller, make: () => unknown): void {
    let reply: Reply;
    try {
      reply = [true, make()];
    } catch (error) {
      passOnFaults(error);
      reply = [false, error];
    }
    if (reply[1] !== LATER) this.#reply(caller, reply);
  }

  #reply(caller: Caller, reply: Reply): void {
    const port = this.#port;
    const parcel = this.#wrapped(reply);
    const text = (): string => shown(reply[1]);
    try {
      dispatch(port, parcel, () => writeFrame(port, caller.replies.pipe, parcel.packed, text, IN_ONE_STEP));
    } catch (error) {
      passOnFaults(error);
      this.#drop(caller);
    }
  }

  /** What cannot be sent back is an error for the caller. */
  #wrapped(reply: Reply): Parcel<Packed> {
    try {
      return wrap('pipe', () => packFrame(reply));
    } catch (error) {
      passOnFaults(error);
      return wrap('pipe', () => packFrame([false, error]));
    }
  }

  #isGone({ replies }: Caller): boolean {
    return countOf(this.#port.memory, replies.pipe, End.READ) === 0;
  }

  #drop(caller: Caller): void {
    const port = this.#port;
    this.#callers = this.#callers.filter((other) => other !== caller);
    this.#line = this.#line.filter((other) => other !== caller);
    this.#waiting = this.#waiting.filter((request) => request.caller !== caller);
    caller.requests.close(port);
    caller.replies.close(port);
  }

  /** The record of what is in an object, if that has changed. */
  #record(object: ObjectId, { content }: Served): void {
    const port = this.#port;
    if (!port.logged) return;
    const text = shown(Array.isArray(content) ? content.slice(0, SHOWN_ITEMS) : content);
    if (this.#texts.get(object) === text) return;
    this.#texts.set(object, text);
    port.log(Kind.STORE, ValueForm.TEXT, object, appendText(port.memory, text), 0, 0);
  }
}

/** What the server process does. */
export function serve(manager: number, creator: number): void {
  new Server(current().port, asObjectId(manager), asObjectId(creator)).run();
}
