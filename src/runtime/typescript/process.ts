import { asPid, NO_OBJECT, type ObjectId, type Pid } from '../../base/ids.ts';
import type { Ticks } from '../../base/units.ts';
import { ExitCode } from '../../abi/exit-code.ts';
import { EndCause, Operation, Outcome } from '../../abi/record.ts';
import { ThreadKind } from '../../abi/slot.ts';
import { exitCode, join } from '../../sync/exit-word.ts';
import { packSpawnMail } from '../../abi/spawn-mail.ts';
import { objectNameIn } from '../../abi/object-table.ts';
import type { Awaited } from '../../sync/poll.ts';
import type { Port } from '../../sync/port.ts';
import { SpawnFailed } from '../host-reset.ts';
import { SEND, type Sendable } from './handle.ts';
import { writeLetter } from './codec/letter-writer.ts';
import { isDaemon, livingChildren, nextProcess, pidOf } from './company.ts';
import { current, type Current } from './current.ts';
import { AssertionError, OverflowError, RuntimeError, ValueError } from './errors.ts';
import { logCall, logDone, loggedTicks, outcomeOf, timeoutTicks } from './operation.ts';
import { enclosed, takeBack, wrap } from './codec/parcel.ts';
import { nameOfTarget, type Target } from './target.ts';
import { checkedTicks, refuseOverflow } from './time.ts';
import { AWAIT, type Waitable } from './pipes/waitable.ts';
import { receives } from './codec/receivers.ts';

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

const NO_PARENT = 0;

const SIGNALS: ReadonlyMap<number, string> = new Map([
  [ExitCode.SIGTERM, '-SIGTERM'],
  [ExitCode.SIGKILL, '-SIGKILL'],
]);

const TOO_EARLY =
  'An attempt has been made to start a new process before the current process has finished its bootstrapping phase: ' +
  'start processes in main(), not above it';

function checkedName(name: unknown): string {
  if (typeof name !== 'string') throw new AssertionError('name must be a string');
  return name;
}

/** @throws TypeError, ValueError, OverflowError when the scheduler could not use them. */
function checkSchedule({ arrival = 0, burst = 0, priority = 0 }: ProcessOptions<readonly never[]>): void {
  refuseOverflow(checkedTicks('arrival', arrival));
  refuseOverflow(checkedTicks('burst', burst));
  if (!Number.isInteger(priority)) throw new TypeError('priority must be a whole number');
  if ((priority | 0) !== priority) throw new OverflowError('priority is too large for an int');
}

let adopted: StartedProcess | null = null;

/** `multiprocessing.Process`. */
export class Process<Args extends readonly unknown[] = readonly unknown[]> implements Sendable, Waitable {
  #name: string;
  #daemon: boolean;
  readonly #identity: readonly number[];
  readonly #parentPid: Pid;
  readonly #options: ProcessOptions<readonly never[]>;
  #started: StartedProcess | null = null;
  #closed = false;

  constructor(options: ProcessOptions<Args> = {}) {
    const parent = current();
    this.#started = adopted;
    adopted = null;
    this.#parentPid = this.#started?.parentPid ?? parent.port.pid;
    this.#identity = this.#started === null ? [...parent.identity, nextProcess()] : [];
    this.#name = checkedName(options.name || `Process-${this.#identity.join(':')}`);
    this.#daemon = options.daemon ?? parent.daemon;
    this.#options = options as unknown as ProcessOptions<readonly never[]>;
    checkSchedule(this.#options);
  }

  /** For the runtime: a handle of a process that runs already. */
  static ofStarted(started: StartedProcess, name: string, daemon: boolean): Process {
    adopted = started;
    return new Process({ name, daemon });
  }

  /** For the runtime: its row. Precondition: it was started. */
  static rowOf(process: Process): ObjectId {
    return process.#started?.object ?? NO_OBJECT;
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

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = checkedName(name);
  }

  get daemon(): boolean {
    return this.#daemon;
  }

  /** @throws AssertionError once it was started */
  set daemon(daemon: boolean) {
    if (this.#started !== null) throw new AssertionError('process has already started');
    this.#daemon = Boolean(daemon);
  }

  /** Null before `start`. */
  get pid(): Pid | null {
    this.#refuseWhenClosed();
    return this.#started?.pid ?? null;
  }

  /** Null while it has not ended; negative: ended by that signal. */
  get exitcode(): number | null {
    this.#refuseWhenClosed();
    return this.#started === null ? null : exitCode(current().port, this.#started.object);
  }

  /**
   * Starts it and returns at once.
   * @throws AssertionError when it was started before, or its parent may have no children; RuntimeError when there is no
   * room for another
   */
  start(): void {
    const parent = current();
    const { port } = parent;
    this.#refuseWhenClosed();
    if (this.#started !== null) throw new AssertionError('cannot start a process twice');
    if (this.#parentPid !== port.pid)
      throw new AssertionError('can only start a process object created by current process');
    if (parent.daemon) throw new AssertionError('daemonic processes are not allowed to have children');
    if (!parent.isReady && parent.identity.length > 0) throw new RuntimeError(TOO_EARLY);
    // Packed within the step: who is killed before it has nothing on its way that would stay open for ever.
    port.step();
    const { packed: mail, descriptors } = wrap('process', () => this.#mail(parent));
    const { arrival = 0, priority = 0, burst = 0 } = this.#options;
    logCall(port, Operation.START, NO_OBJECT);
    try {
      const request = { mail, kind: ThreadKind.PROCESS, priority, arrival, daemon: this.daemon, burst } as const;
      const { pid, object } = port.spawn(request);
      this.#started = { pid, object, parentPid: port.pid };
      parent.processes.set(object, this);
      logDone(port, Operation.START, object, Outcome.OK, pid);
    } catch (error) {
      if (!(error instanceof SpawnFailed)) throw error;
      takeBack(port, descriptors);
      logDone(port, Operation.START, NO_OBJECT, Outcome.ERROR);
      throw new RuntimeError(`can't start a new process: ${error.message}`);
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
    return this.exitcode === null && this.#started !== null;
  }

  /** Lets go of what it holds of the process. @throws ValueError while that is running; from then on whatever is asked. */
  close(): void {
    if (this.#started !== null) {
      if (exitCode(current().port, this.#started.object) === null) {
        throw new ValueError(
          'Cannot close a process while it is still running. You should first call join() or terminate().',
        );
      }
      current().processes.delete(this.#started.object);
      this.#started = null;
    }
    this.#closed = true;
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
    const { port } = current();
    const { pid = null, object = null } = this.#started ?? {};
    const isCurrent = pid === port.pid;
    const code = object === null || isCurrent ? null : exitCode(port, object);
    const parts = [`name='${this.name}'`];
    if (pid !== null && !isCurrent) parts.push(`pid=${pid}`);
    parts.push(`parent=${this.#parentPid === NO_PARENT ? 'None' : this.#parentPid}`, this.#status(code));
    if (code !== null) parts.push(`exitcode=${SIGNALS.get(code) ?? code}`);
    if (this.daemon) parts.push('daemon');
    return `<${this.#parentPid === NO_PARENT ? '_MainProcess' : 'Process'} ${parts.join(' ')}>`;
  }

  #status(code: number | null): string {
    if (this.#closed) return 'closed';
    if (this.#started === null) return 'initial';
    return code === null ? 'started' : 'stopped';
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new ValueError('process object is closed');
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
    this.#refuseWhenClosed();
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

/** `multiprocessing.active_children`: the process's children that have not ended, whichever of its threads started them. */
export function activeChildren(): Process[] {
  const { port, processes } = current();
  return livingChildren(port).map((object) => {
    const known = processes.get(object);
    if (known !== undefined) return known;
    const { memory, pid: parentPid } = port;
    const child = { object, pid: pidOf(memory, object), parentPid };
    const process = Process.ofStarted(child, objectNameIn(memory, object), isDaemon(memory, object));
    processes.set(object, process);
    return process;
  });
}

receives('Process', (object, details) => {
  const [pid, parentPid, name, daemon] = details as [number, number, string, boolean];
  return Process.ofStarted({ object, pid: asPid(pid), parentPid: asPid(parentPid) }, name, daemon);
});
