import { NO_TEXT, type ObjectId, type TextRef } from '../../base/ids.ts';
import { ExitCode } from '../../abi/exit-code.ts';
import { ObjectKind } from '../../abi/objects.ts';
import { EndCause, Operation, Outcome, Stream } from '../../abi/record.ts';
import type { SpawnHeader, SpawnMail } from '../../abi/spawn-mail.ts';
import { appendText } from '../../abi/text.ts';
import { objectNameIn } from '../../abi/object-table.ts';
import { exitCode, join } from '../../sync/exit-word.ts';
import { FOREVER, type Port } from '../../sync/port.ts';
import { isBuiltinName } from './builtin-name.ts';
import { builtinTarget } from './builtin-targets.ts';
import { isDaemon, kindOf, livingChildren, livingThreads, pidOf } from './company.ts';
import { enter, type Current } from './current.ts';
import { RuntimeError, SystemExit } from './errors.ts';
import { str } from './format.ts';
import { frozen } from './threads/frozen.ts';
import { leaveThread, runFinalizers } from './finalizers.ts';
import { openLetter, openParameters, readArguments } from './codec/letter-reader.ts';
import { NO_TARGET } from './codec/letter-writer.ts';
import { unpack } from './codec/message.ts';
import { logCall, logDone } from './operation.ts';
import { write } from './output.ts';
import { PROGRAM_API } from './program-api.ts';
import type { Instance, ProgramModule, Programs } from './program.ts';
import { handleOf } from './codec/receivers.ts';
import { openThreadLetter } from './codec/thread-letter.ts';
import { exitTraceback, textOrFailure } from './traceback.ts';
import { passOnFaults } from './uncatchable.ts';

/** How a thread ended by itself. */
export interface ThreadEnd {
  readonly code: number;
  readonly text: TextRef;
  readonly cause: EndCause;
}

const LAUNCHER_PID = 0;
/** `exit()` in a thread ends that thread, and says nothing. */
const LEFT: ThreadEnd = { code: 0, text: NO_TEXT, cause: EndCause.EXITED };
const RETURNED: ThreadEnd = { code: 0, text: NO_TEXT, cause: EndCause.RETURNED };

/**
 * Runs one thread from its mail to its end. At the end of a process its children are ended or awaited, and its other threads
 * awaited, in CPython's order: a child process ends its children before it reports its error, the main process after.
 * @throws HostReset when it was told to stop, InvariantError when the fault is ours.
 */
export function runThread(port: Port, mail: SpawnMail, programs: Programs): ThreadEnd {
  const { header, argumentBytes } = mail;
  const module = programs.get(header.program);
  if (module === undefined) {
    const text = appendText(port.memory, `there is no program "${header.program}"`);
    return { code: 1, text, cause: EndCause.RAISED };
  }
  return kindOf(port.memory, port.self) === ObjectKind.THREAD
    ? runSibling(port, header, module, argumentBytes)
    : runProcess(port, header, module, argumentBytes);
}

/** The first thread of a process, which is its main thread. */
function runProcess(port: Port, header: SpawnHeader, module: ProgramModule, argumentBytes: Uint8Array): ThreadEnd {
  const letter = header.target === '' ? openParameters(argumentBytes) : openLetter(argumentBytes);
  const { identity, daemon } = letter;
  const { name, program } = header;
  const thread = newCurrent({
    port,
    module,
    programId: program,
    name,
    identity,
    daemon,
    process: port.self,
    inherited: null,
  });
  enter(thread);
  const isChild = identity.length > 0;
  let end = attempt(thread, module, () => {
    const run = (): void => {
      instantiate(thread, module);
      callTarget(header, thread.program, () => readArguments(letter, thread.program));
    };
    if (isChild) thenEndChildren(thread, run);
    else run();
  });
  if (port.pid === LAUNCHER_PID) return end;
  const after = attempt(thread, module, () => {
    joinThreads(thread);
    if (!isChild) endChildren(thread);
  });
  if (after !== RETURNED) end = after;
  return end;
}

/** A thread beside the first one. */
function runSibling(port: Port, header: SpawnHeader, module: ProgramModule, argumentBytes: Uint8Array): ThreadEnd {
  const { processName: name, args, ...letter } = openThreadLetter(argumentBytes);
  const thread = newCurrent({ port, module, programId: header.program, name, ...letter });
  enter(thread);
  const end = attempt(thread, module, () => {
    instantiate(thread, module);
    const isOwn = isBuiltinName(header.target);
    callTarget(header, thread.program, () => {
      const received = unpack(args) as readonly unknown[];
      return isOwn ? received : received.map(frozen);
    });
  });
  // Of a process the kernel closes all that is open.
  leaveThread(thread);
  return end;
}

type Birth = Pick<Current, 'port' | 'module' | 'programId' | 'name' | 'identity' | 'daemon' | 'process' | 'inherited'>;

function newCurrent(birth: Birth): Current {
  return {
    ...birth,
    program: { functions: {} },
    receive: handleOf,
    library: birth.module.library,
    variables: [],
    constants: {},
    isReady: false,
    processes: new Map(),
    threads: new Map(),
    locals: new Map(),
    depth: 1,
    nameHint: '',
    listed: new Map(),
  };
}

function instantiate(thread: Current, module: ProgramModule): void {
  thread.program.functions = module.instantiate({ ...PROGRAM_API, procession: module.library });
  thread.isReady = true;
}

function callTarget({ target }: SpawnHeader, instance: Instance, args: () => readonly unknown[]): void {
  if (target === NO_TARGET) return;
  const name = target === '' ? 'main' : target;
  const call = isBuiltinName(name) ? builtinTarget(name) : instance.functions[name];
  if (call === undefined) throw new RuntimeError(`the program has no top-level function ${name}`);
  call(...(args() as never[]));
}

function attempt(thread: Current, module: ProgramModule, action: () => void): ThreadEnd {
  try {
    action();
    return RETURNED;
  } catch (error) {
    passOnFaults(error);
    if (error instanceof SystemExit) return thread.inherited === null ? exited(thread.port, error.code) : LEFT;
    // What the error says of itself may be said by the program, which has this much room again.
    thread.depth = 1;
    const { port } = thread;
    const text = write(port, Stream.STDERR, whose(thread) + exitTraceback(module, port.line, error));
    return { code: 1, text, cause: EndCause.RAISED };
  }
}

/** What CPython prints before the traceback of an error that ends a thread, or a process that is not the main one. */
function whose({ port, inherited, identity, name }: Current): string {
  if (inherited !== null) return `Exception in thread ${objectNameIn(port.memory, port.self)}:\n`;
  return identity.length === 0 ? '' : `Process ${name}:\n`;
}

/** As `sys.exit`: nothing is 0, a number keeps its low byte as on every POSIX system, a text goes to stderr. */
function exited(port: Port, code: number | string | null): ThreadEnd {
  if (code === null) return { code: 0, text: NO_TEXT, cause: EndCause.EXITED };
  if (typeof code === 'number') return { code: code & 0xff, text: NO_TEXT, cause: EndCause.EXITED };
  return { code: 1, text: write(port, Stream.STDERR, `${textOrFailure(() => str(code))}\n`), cause: EndCause.EXITED };
}

/** `threading._shutdown`: threads that are started meanwhile are awaited too. Takes no step of its own. */
function joinThreads({ port }: Current): void {
  for (;;) {
    const thread = livingThreads(port).find((row) => row !== port.self && !isDaemon(port.memory, row));
    if (thread === undefined) return;
    awaitEnd(port, thread);
  }
}

/** However it ends; but who is told to stop does nothing more, and leaves its children behind. */
function thenEndChildren(thread: Current, run: () => void): void {
  try {
    run();
  } catch (error) {
    passOnFaults(error);
    endChildren(thread);
    throw error;
  }
  endChildren(thread);
}

/** `multiprocessing.util._exit_function`: pools are terminated, managers shut down, daemons ended, then all children awaited. */
function endChildren({ port }: Current): void {
  runFinalizers(port);
  for (const child of livingChildren(port)) {
    if (isDaemon(port.memory, child)) port.kill(pidOf(port.memory, child), ExitCode.SIGTERM, EndCause.DAEMON);
  }
  for (const child of livingChildren(port)) awaitEnd(port, child);
}

function awaitEnd(port: Port, row: ObjectId): void {
  logCall(port, Operation.JOIN, row, -1);
  join(port, row, FOREVER);
  logDone(port, Operation.JOIN, row, Outcome.OK, exitCode(port, row) ?? 0);
}
