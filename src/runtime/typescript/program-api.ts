import { HostReset } from '../host-reset.ts';
import { current, type Current } from './current.ts';
import { RecursionError, SystemExit } from './errors.ts';
import { GLOBALS_API, type Globals } from './threads/globals.ts';
import type { Instance } from './program.ts';

/** As `sys.getrecursionlimit()`: so an endless recursion ends at the same call on every machine, whatever its stack. */
const MAX_DEPTH = 1000;

/** Where the flow stands: the line, and above its bits the depth. A number, since one is made at every call. */
type Frame = number;
const LINE_BITS = 20;
const LINE_MASK = (1 << LINE_BITS) - 1;

/** What the transform lets a program call, beside its library. */
export interface ProgramApi {
  /** A statement begins. */
  readonly checkpoint: (line: number) => void;
  /** A function begins. @returns where its caller stands. @throws RecursionError */
  readonly enter: () => Frame;
  /** Where the flow stands, for what is no function of its own: the top level, and a generator. */
  readonly here: () => Frame;
  /** The flow goes back to where it stood. @returns `value`, made before */
  readonly back: <T>(frame: Frame, value?: T) => T | undefined;
  /** In every `finally`, with the frame of its function: calls that threw are over. @returns where the flow stood */
  readonly unwind: (frame: Frame) => Frame;
  /** In every `catch`, likewise. What no program may catch goes on. */
  readonly rethrow: (frame: Frame, error: unknown) => void;
  /** The variable that the next object will be stored in. */
  readonly hint: (name: string) => void;
  /** A list of objects begins, which will be stored in this variable. */
  readonly list: (name: string) => void;
  /** The next object is the next item of that list. */
  readonly item: (name: string) => void;
  /**
   * The program's text is entered. @returns an object whose properties are the program's variables; and whether this is
   * the process's first thread, which alone executes the statements of the top level.
   */
  readonly begin: (
    functions: Instance['functions'],
    constants: Readonly<Record<string, unknown>>,
    variables: readonly string[],
  ) => readonly [globals: Globals, isFirst: boolean];
  /** The declaration of a variable, with its first value. */
  readonly declare: (name: string, value: unknown) => void;
  /** A constant, as the process's first thread has it. */
  readonly inherit: (name: string) => unknown;
  /** What `read` says; undefined before its declaration. */
  readonly known: <T>(read: () => T) => T | undefined;
  /** A `for … of` comes back to its head before every item but the first. */
  readonly each: <T>(line: number, items: Iterable<T>) => Iterable<T>;
}

function* each<T>(line: number, items: Iterable<T>): Iterable<T> {
  let first = true;
  for (const item of items) {
    if (!first) current().port.checkpoint(line);
    first = false;
    yield item;
  }
  if (!first) current().port.checkpoint(line);
}

function frameOf({ depth, port }: Current): Frame {
  return (depth << LINE_BITS) | (port.line & LINE_MASK);
}

/** Also forgets the name of an object that was not made after all, because its constructor threw. */
function unwind(frame: Frame): Frame {
  const thread = current();
  const left = frameOf(thread);
  thread.depth = (frame >>> LINE_BITS) + 1;
  thread.nameHint = '';
  return left;
}

export const PROGRAM_API: ProgramApi = {
  checkpoint: (line) => current().port.checkpoint(line),
  enter: () => {
    const thread = current();
    if (thread.depth >= MAX_DEPTH) throw new RecursionError('maximum recursion depth exceeded');
    const frame = frameOf(thread);
    thread.depth += 1;
    return frame;
  },
  here: () => frameOf(current()),
  back: (frame, value) => {
    const thread = current();
    thread.depth = frame >>> LINE_BITS;
    const line = frame & LINE_MASK;
    // Whom no statement has called, like `main`, stays at its last line: its process may wait there for its children.
    if (line !== 0) thread.port.backTo(line);
    return value;
  },
  unwind,
  rethrow: (frame, error) => {
    unwind(frame);
    if (error instanceof HostReset || error instanceof SystemExit) throw error;
  },
  hint: (name) => {
    current().nameHint = name;
  },
  list: (name) => {
    current().listed.set(name, 0);
  },
  item: (name) => {
    const thread = current();
    const nth = thread.listed.get(name) ?? 0;
    thread.listed.set(name, nth + 1);
    thread.nameHint = `${name}[${nth}]`;
  },
  ...GLOBALS_API,
  each,
};
