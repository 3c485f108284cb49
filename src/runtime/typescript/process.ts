import { NO_OBJECT, type ObjectId, type Pid } from '../../base/ids.ts';
import type { Ticks } from '../../base/units.ts';
import { ExitCode } from '../../abi/exit-code.ts';
import { EndCause, Operation, Outcome } from '../../abi/record.ts';
import { ThreadKind } from '../../abi/slot.ts';
import { exitCode, join } from '../../sync/exit-word.ts';
import { packSpawnMail } from '../../abi/spawn-mail.ts';
import type { Awaited } from '../../sync/poll.ts';
import type { Port } from '../../sync/port.ts';
import { SpawnFailed } from '../host-reset.ts';
import { SEND, type Sendable } from './handle.ts';
import { writeLetter } from './letter-writer.ts';
import { current, livingChildren, type Current } from './current.ts';
import { AssertionError, RuntimeError, ValueError } from './errors.ts';
import { logCall, logDone, loggedTicks, outcomeOf, timeoutTicks } from './operation.ts';
import { enclosed, takeBack, wrap } from './parcel.ts';
import { nameOfTarget, type Target } from './target.ts';
import { AWAIT, type Waitable } from './waitable.ts';

export interface ProcessOptions<Args extends readonly unknown[]> {
  /** A top-level function of the program; it runs in the new process, which has globals of its own. */
  readonly target?: Target<Args>;
  readonly args?: readonly [...Args];
  readonly name?: string;
  /** Ends with its parent. */
  readonly daemon?: boolean;
  /** Ticks from its start until it arrives. */
  readonly arrival?: Ticks;
  /** Smaller is more urgent. */
  readonly priority?: number;
  /** Ticks of CPU it needs before it first blocks, if known. */
  readonly burst?: Ticks;
}

/** What a handle of a started process knows; sent to another process, it arrives there. */
export interface StartedProcess {
  readonly object: ObjectId;
  readonly pid: Pid;
  readonly parentPid: Pid;
}

/** `multiprocessing.Process`. */
export class Process<Args extends readonly unknown[] = readonly unknown[]> implements Sendable, Waitable {
  name: string;
  readonly daemon: boolean;
  readonly #identity: readonly number[];
  readonly #options: ProcessOptions<readonly never[]>;
  #started: StartedProcess | null = null;

  constructor(options: ProcessOptions<Args> = {}) {
    const parent = current();
    const { name, daemon = parent.daemon } = options;
    this.#identity = [...parent.identity, (parent.created += 1)];
    this.name = name ?? `Process-${this.#identity.join(':')}`;
    this.daemon = daemon;
    this.#options = options as unknown as ProcessOptions<readonly never[]>;
  }

  /** For the runtime: a handle of a process that runs already. */
  static ofStarted(started: StartedProcess, name: string, daemon: boolean): Process {
    const here = current();
    const { created } = here;
    const process = new Process({ name, daemon });
    here.created = created;
    process.#started = started;
    return process;
  }

  /** @throws TypeError before it was started. */
  [SEND](): readonly [kind: string, ...details: unknown[]] {
    if (this.#started === null) throw new TypeError("cannot pickle 'Process' object: it was not started yet");
    const { object, pid, parentPid } = this.#started;
    return ['Process', object, pid, parentPid, this.name, this.daemon];
  }

  /** @throws ValueError before it was started. */
  [AWAIT](port: Port): Awaited {
    if (this.#started === null) throw new ValueError('process not started');
    const { object } = this.#started;
    return { object, isReady: () => exitCode(port, object) !== null };
  }

  /** Null before `start`. */
  get pid(): Pid | null {
    return this.#started?.pid ?? null;
  }

  /** Null while it has not ended; negative: ended by that signal. */
  get exitcode(): number | null {
    const { port } = current();
    return this.#started === null ? null : exitCode(port, this.#started.object);
  }

  /** Starts it and returns at once. @throws AssertionError when it was started before. */
  start(): void {
    const parent = current();
    const { port } = parent;
    if (this.#started !== null) throw new AssertionError('cannot start a process twice');
    if (parent.daemon) throw new AssertionError('daemonic processes are not allowed to have children');
    const { bytes: mail, descriptors } = wrap('process', () => this.#mail(parent));
    const { arrival = 0, priority = 0, burst = 0 } = this.#options;
    port.step();
    logCall(port, Operation.START, NO_OBJECT);
    try {
      const request = { mail, kind: ThreadKind.PROCESS, priority, arrival, daemon: this.daemon, burst } as const;
      const { pid, object } = port.spawn(request);
      this.#started = { pid, object, parentPid: port.pid };
      parent.children.push({ pid, object, daemon: this.daemon, handle: this });
      logDone(port, Operation.START, object, Outcome.OK, pid);
    } catch (error) {
      if (!(error instanceof SpawnFailed)) throw error;
      takeBack(port, descriptors);
      logDone(port, Operation.START, NO_OBJECT, Outcome.ERROR);
      throw new RuntimeError(error.message);
    }
  }

  /** Waits until it has ended, for at most `timeout` seconds. @throws AssertionError unless it is a started child. */
  join(timeout: number | null = null): void {
    const { port } = current();
    const { object, pid } = this.#child('join');
    const ticks = timeoutTicks(timeout);
    port.step();
    logCall(port, Operation.JOIN, object, loggedTicks(ticks));
    const ended = join(port, object, ticks);
    logDone(port, Operation.JOIN, object, outcomeOf(ended, true), ended ? (exitCode(port, object) ?? 0) : pid);
  }

  isAlive(): boolean {
    return this.#started !== null && this.exitcode === null;
  }

  /** Ends it, as SIGTERM does: exit code -15. */
  terminate(): void {
    this.#signal(ExitCode.SIGTERM);
  }

  /** Ends it, as SIGKILL does: exit code -9. */
  kill(): void {
    this.#signal(ExitCode.SIGKILL);
  }

  toString(): string {
    const code = this.exitcode;
    const state = this.#started === null ? 'initial' : code === null ? 'started' : `stopped exitcode=${code}`;
    const pid = this.pid === null ? '' : ` pid=${this.pid}`;
    const parent = ` parent=${this.#started?.parentPid ?? current().port.pid}`;
    return `<Process name='${this.name}'${pid}${parent} ${state}${this.daemon ? ' daemon' : ''}>`;
  }

  #signal(code: number): void {
    const { port } = current();
    const { object, pid } = this.#child('terminate');
    port.step();
    logCall(port, Operation.TERMINATE, object, pid);
    const lived = port.kill(pid, code, EndCause.KILLED);
    logDone(port, Operation.TERMINATE, object, lived ? Outcome.OK : Outcome.FALSE, code);
  }

  #child(action: string): StartedProcess {
    if (this.#started === null) throw new AssertionError(`can only ${action} a started process`);
    if (this.#started.parentPid !== current().port.pid) throw new AssertionError(`can only ${action} a child process`);
    return this.#started;
  }

  #mail(parent: Current): Uint8Array {
    const { target, args = [] } = this.#options;
    const name = nameOfTarget(parent.program, target);
    const letter = { args, identity: this.#identity, daemon: this.daemon };
    const packed = writeLetter(letter, parent.program);
    const header = { program: parent.programId, target: name, name: this.name, descriptors: enclosed() };
    return packSpawnMail(header, packed);
  }
}

/** `multiprocessing.active_children`: those of its own children that have not ended. */
export function activeChildren(): Process[] {
  return livingChildren(current()).map((child) => child.handle);
}
