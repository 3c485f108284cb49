import { NO_OBJECT, type ObjectId, type Tid } from '../../../base/ids.ts';
import { ObjectKind } from '../../../abi/objects.ts';
import { Operation, Outcome } from '../../../abi/record.ts';
import { ThreadKind } from '../../../abi/slot.ts';
import { packSpawnMail } from '../../../abi/spawn-mail.ts';
import { objectNameIn } from '../../../abi/object-table.ts';
import { exitCode, join } from '../../../sync/exit-word.ts';
import { SpawnFailed } from '../../host-reset.ts';
import { isDaemon, kindOf, livingThreads, nextThread, tidOf } from '../company.ts';
import { current, type Current } from '../current.ts';
import { RuntimeError } from '../errors.ts';
import { SEND, type Sendable } from '../handle.ts';
import { logCall, logDone, loggedTicks, outcomeOf, timeoutTicks } from '../operation.ts';
import { refuseOutside, wrap } from '../codec/parcel.ts';
import { nameOfTarget, type Target } from '../target.ts';
import { writeThreadLetter } from '../codec/thread-letter.ts';
import { receives } from '../codec/receivers.ts';

export interface ThreadOptions<Args extends readonly unknown[]> {
  /** A top-level function of the program; it runs in the same process, beside the thread that starts it. */
  readonly target?: Target<Args>;
  /** What it is called with: handles arrive as they are, lists and dicts as copies that cannot be changed. */
  readonly args?: readonly [...Args];
  readonly name?: string;
  /** Its process does not wait for it, and cuts it off at its end. */
  readonly daemon?: boolean;
}

/** Whether the calling thread is a daemon. The main thread never is, whatever its process is. */
function isDaemonic({ inherited }: Current): boolean {
  return inherited?.daemon ?? false;
}

function defaultName(target: unknown): string {
  const name = `Thread-${nextThread()}`;
  if (target === undefined || target === null) return name;
  return `${name} (${typeof target === 'function' ? target.name || '<lambda>' : String(target)})`;
}

let adopted: ObjectId = NO_OBJECT;

/** `threading.Thread`. */
export class Thread<Args extends readonly unknown[] = readonly unknown[]> implements Sendable {
  #name: string;
  #daemon: boolean;
  readonly #options: ThreadOptions<readonly never[]>;
  /** Its row, once it was started. */
  #started: ObjectId = NO_OBJECT;

  constructor(options: ThreadOptions<Args> = {}) {
    const { memory } = current().port;
    this.#started = adopted;
    adopted = NO_OBJECT;
    this.#options = options as unknown as ThreadOptions<readonly never[]>;
    if (this.#started === NO_OBJECT) {
      this.#name =
        options.name === undefined || options.name === '' ? defaultName(options.target) : String(options.name);
      this.#daemon = options.daemon ?? isDaemonic(current());
    } else {
      const isMain = kindOf(memory, this.#started) === ObjectKind.PROCESS;
      this.#name = isMain ? 'MainThread' : objectNameIn(memory, this.#started);
      this.#daemon = !isMain && isDaemon(memory, this.#started);
    }
  }

  /** For the runtime: the handle of a thread that was started; for each thread that asks, always the same. */
  static of(row: ObjectId): Thread {
    const { threads } = current();
    const known = threads.get(row);
    if (known !== undefined) return known;
    adopted = row;
    const thread = new Thread();
    threads.set(row, thread);
    return thread;
  }

  /** For the runtime: its row; NO_OBJECT before it was started. */
  static rowOf(thread: Thread): ObjectId {
    return thread.#started;
  }

  /** @throws TypeError before it was started, and when it would leave the process */
  [SEND](): readonly [kind: string, ...details: unknown[]] {
    refuseOutside('_thread.lock');
    if (this.#started === NO_OBJECT) throw new TypeError("cannot pickle 'Thread' object: it was not started yet");
    return ['threading.Thread', this.#started];
  }

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = String(name);
  }

  get daemon(): boolean {
    return this.#daemon;
  }

  /** @throws RuntimeError once it was started */
  set daemon(daemon: boolean) {
    if (this.#started !== NO_OBJECT) throw new RuntimeError('cannot set daemon status of active thread');
    this.#daemon = Boolean(daemon);
  }

  /** Unique in the run; null before it was started. */
  get ident(): Tid | null {
    return this.#started === NO_OBJECT ? null : tidOf(current().port.memory, this.#started);
  }

  isAlive(): boolean {
    return this.#started !== NO_OBJECT && exitCode(current().port, this.#started) === null;
  }

  /** Starts it and returns at once. @throws RuntimeError when it was started before, or there is no room for another. */
  start(): void {
    const { port, program, programId, threads } = current();
    if (this.#started !== NO_OBJECT) throw new RuntimeError('threads can only be started once');
    const { target, args = [] } = this.#options;
    const header = { program: programId, target: nameOfTarget(program, target), name: this.#name };
    const letter = wrap('thread', () => writeThreadLetter(args, this.#daemon));
    const mail = packSpawnMail(header, letter.packed);
    port.step();
    logCall(port, Operation.START, NO_OBJECT);
    try {
      const request = {
        mail,
        kind: ThreadKind.THREAD,
        priority: 0,
        arrival: 0,
        daemon: this.#daemon,
        burst: 0,
      } as const;
      const { object, tid } = port.spawn(request);
      this.#started = object;
      threads.set(object, this);
      logDone(port, Operation.START, object, Outcome.OK, tid);
    } catch (error) {
      if (!(error instanceof SpawnFailed)) throw error;
      logDone(port, Operation.START, NO_OBJECT, Outcome.ERROR);
      throw new RuntimeError(`can't start new thread: ${error.message}`);
    }
  }

  /**
   * Waits until it has ended, for at most `timeout` seconds; `isAlive` says whether it did.
   * @throws RuntimeError before it was started, and when a thread would wait for itself
   */
  join(timeout: number | null = null): void {
    const { port } = current();
    const row = this.#started;
    if (row === NO_OBJECT) throw new RuntimeError('cannot join thread before it is started');
    if (row === port.self) throw new RuntimeError('cannot join current thread');
    const ticks = timeoutTicks(timeout);
    port.step();
    logCall(port, Operation.JOIN, row, loggedTicks(ticks));
    const ended = join(port, row, ticks);
    logDone(port, Operation.JOIN, row, outcomeOf(ended, true), exitCode(port, row) ?? 0);
  }

  toString(): string {
    const { ident } = this;
    const state = ident === null ? 'initial' : this.isAlive() ? 'started' : 'stopped';
    const { memory } = current().port;
    const isMain = ident !== null && kindOf(memory, this.#started) === ObjectKind.PROCESS;
    const parts = [state, ...(this.#daemon ? ['daemon'] : []), ...(ident === null ? [] : [ident])];
    return `<${isMain ? '_MainThread' : 'Thread'}(${this.#name}, ${parts.join(' ')})>`;
  }
}

/** `threading.current_thread`. */
export function currentThread(): Thread {
  return Thread.of(current().port.self);
}

/** `threading.main_thread`. */
export function mainThread(): Thread {
  return Thread.of(current().process);
}

/** `threading.enumerate`: the threads of the process that have not ended. */
export function enumerate(): Thread[] {
  return livingThreads(current().port).map((row) => Thread.of(row));
}

/** `threading.active_count`. */
export function activeCount(): number {
  return livingThreads(current().port).length;
}

/** `threading.get_ident`. */
export function getIdent(): Tid {
  return current().port.tid;
}

receives('threading.Thread', (row) => Thread.of(row));
