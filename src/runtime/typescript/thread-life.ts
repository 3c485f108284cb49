import { InvariantError } from '../../base/invariant.ts';
import { NO_TEXT, type TextRef } from '../../base/ids.ts';
import { ExitCode } from '../../abi/exit-code.ts';
import { EndCause, Operation, Outcome, Stream } from '../../abi/record.ts';
import type { SpawnHeader, SpawnMail } from '../../abi/spawn-mail.ts';
import { appendText } from '../../abi/text.ts';
import { exitCode, join } from '../../sync/exit-word.ts';
import { FOREVER, type Port } from '../../sync/port.ts';
import { HostReset } from '../host-reset.ts';
import { isBuiltinName } from './builtin-name.ts';
import { BUILTIN_TARGETS } from './builtin-targets.ts';
import { enter, livingChildren, type Current } from './current.ts';
import { RuntimeError, SystemExit } from './errors.ts';
import { str } from './format.ts';
import { handleOf, openLetter, openParameters, readArguments } from './letter-reader.ts';
import { NO_TARGET } from './letter-writer.ts';
import { logCall, logDone } from './operation.ts';
import { write } from './output.ts';
import { PROGRAM_API } from './program-api.ts';
import type { Instance, ProgramModule, Programs } from './program.ts';
import { exitTraceback, textOrFailure } from './traceback.ts';

/** How a thread ended by itself. */
export interface ThreadEnd {
  readonly code: number;
  readonly text: TextRef;
  readonly cause: EndCause;
}

const LAUNCHER_PID = 0;
const RETURNED: ThreadEnd = { code: 0, text: NO_TEXT, cause: EndCause.RETURNED };

/**
 * Runs one process from its mail to its end. Its children are ended or awaited as CPython does it: a child process does
 * so before it reports its error, the main process after.
 * @throws HostReset when it was told to stop, InvariantError when the fault is ours.
 */
export function runThread(port: Port, mail: SpawnMail, programs: Programs): ThreadEnd {
  const { header, argumentBytes } = mail;
  const module = programs.get(header.program);
  if (module === undefined) {
    const text = appendText(port.memory, `there is no program "${header.program}"`);
    return { code: 1, text, cause: EndCause.RAISED };
  }
  const letter = header.target === '' ? openParameters(argumentBytes) : openLetter(argumentBytes);
  const { identity, daemon } = letter;
  const { name } = header;
  const instance: { functions: Instance['functions'] } = { functions: {} };
  const thread: Current = {
    port,
    program: instance,
    programId: header.program,
    receive: handleOf,
    name,
    identity,
    daemon,
    created: 0,
    children: [],
    finalizers: [],
    depth: 1,
    nameHint: '',
  };
  enter(thread);
  const isMain = identity.length === 0;
  let end = attempt(thread, module, () => {
    try {
      instance.functions = module.instantiate(PROGRAM_API);
      callTarget(header, instance, () => readArguments(letter, instance));
    } finally {
      if (!isMain) endChildren(thread);
    }
  });
  if (isMain && port.pid !== LAUNCHER_PID) {
    const after = attempt(thread, module, () => endChildren(thread));
    if (after !== RETURNED) end = after;
  }
  return end;
}

function callTarget({ target }: SpawnHeader, instance: Instance, args: () => readonly unknown[]): void {
  if (target === NO_TARGET) return;
  const name = target === '' ? 'main' : target;
  const call = isBuiltinName(name) ? BUILTIN_TARGETS[name] : instance.functions[name];
  if (call === undefined) throw new RuntimeError(`the program has no top-level function ${name}`);
  call(...(args() as never[]));
}

function attempt(thread: Current, module: ProgramModule, action: () => void): ThreadEnd {
  try {
    action();
    return RETURNED;
  } catch (error) {
    if (error instanceof HostReset || error instanceof InvariantError) throw error;
    if (error instanceof SystemExit) return exited(thread.port, error.code);
    // What the error says of itself may be said by the program, which has this much room again.
    thread.depth = 1;
    const { port, name, identity } = thread;
    const prefix = identity.length === 0 ? '' : `Process ${name}:\n`;
    const text = write(port, Stream.STDERR, prefix + exitTraceback(module, port.line, error));
    return { code: 1, text, cause: EndCause.RAISED };
  }
}

/** As `sys.exit`: nothing is 0, a number keeps its low byte as on every POSIX system, a text goes to stderr. */
function exited(port: Port, code: number | string | null): ThreadEnd {
  if (code === null) return { code: 0, text: NO_TEXT, cause: EndCause.EXITED };
  if (typeof code === 'number') return { code: code & 0xff, text: NO_TEXT, cause: EndCause.EXITED };
  return { code: 1, text: write(port, Stream.STDERR, `${textOrFailure(() => str(code))}\n`), cause: EndCause.EXITED };
}

/** `multiprocessing.util._exit_function`: finalizers first; then daemons are ended and all children awaited, without a step. */
function endChildren(thread: Current): void {
  const { port } = thread;
  for (const finalize of thread.finalizers.splice(0).toReversed()) finalize();
  for (const child of livingChildren(thread)) {
    if (child.daemon) port.kill(child.pid, ExitCode.SIGTERM, EndCause.DAEMON);
  }
  for (const { object } of livingChildren(thread)) {
    logCall(port, Operation.JOIN, object, -1);
    join(port, object, FOREVER);
    logDone(port, Operation.JOIN, object, Outcome.OK, exitCode(port, object) ?? 0);
  }
}
