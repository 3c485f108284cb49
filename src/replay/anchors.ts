import { invariant } from '../base/invariant.ts';
import { BlockReason, EndCause, Kind, Operation, Outcome, PreemptCause, ReadyCause } from '../abi/record.ts';
import type { LogStore } from './log-store.ts';
import type { Replay } from './replay.ts';

/**
 * An anchor is how a lesson's text names an event of the run, without knowing its number:
 *
 *   blocked?thread=P2&reason=io&nth=2        the second time that P2 is blocked by I/O
 *   line?thread=P2&text=counter%20-=         the first time that P2 comes to a line of the program with that in it
 *
 * Programs of two engines need not do a thing by the same events. A link to it then names an event of each:
 *
 *   blocked?thread=P2&reason=io|py:blocked?thread=P2&reason=sleep
 */
export interface Anchor {
  readonly kind: string;
  /** Short name or name of the thread it is about. */
  readonly thread: string | null;
  /** Name of the object, or of the process waited for. */
  readonly object: string | null;
  readonly reason: string | null;
  readonly cause: string | null;
  /** Part of what was printed, of a line of the program, of an instruction, or of a variable's `name=value`. */
  readonly text: string | null;
  /** Which of the events that fit, from 1. */
  readonly nth: number;
}

/** `LOCK` → `lock`, `TIMED_OUT` → `timed-out`; the other way round, a word's number. */
const wordsOf = (numbers: Readonly<Record<string, number>>): ReadonlyMap<string, number> =>
  new Map(Object.entries(numbers).map(([name, number]) => [name.toLowerCase().replaceAll('_', '-'), number]));

const REASONS = wordsOf(BlockReason);

interface EventKind {
  readonly kind: number;
  /** Primitives: the record says that this operation has succeeded. */
  readonly operation?: Operation;
  /** What `cause=` may say, as the number in `aux`. */
  readonly causes?: ReadonlyMap<string, number>;
}

const done = (operation: Operation): EventKind => ({ kind: Kind.DONE, operation });

const EVENT_KINDS: Readonly<Record<string, EventKind>> = {
  created: { kind: Kind.CREATED },
  ready: { kind: Kind.READY, causes: wordsOf(ReadyCause) },
  dispatched: { kind: Kind.DISPATCHED },
  preempted: { kind: Kind.PREEMPTED, causes: wordsOf(PreemptCause) },
  blocked: { kind: Kind.BLOCKED },
  woken: { kind: Kind.WOKEN },
  terminated: { kind: Kind.TERMINATED, causes: wordsOf(EndCause) },
  print: { kind: Kind.PRINT },
  // A step begins. Its line is known by what the program has in it: numbers of lines move when one is put in.
  line: { kind: Kind.LINE },
  // A step that is one instruction begins: `text` is of the instruction.
  instruction: { kind: Kind.LINE },
  // Python: what a step has done to a variable of the program's.
  variable: { kind: Kind.VARIABLE },
  load: { kind: Kind.LOAD },
  store: { kind: Kind.STORE },
  acquire: done(Operation.ACQUIRE),
  release: done(Operation.RELEASE),
  set: done(Operation.SET),
  clear: done(Operation.CLEAR),
  wait: done(Operation.WAIT),
  notify: done(Operation.NOTIFY),
  'notify-all': done(Operation.NOTIFY_ALL),
  join: done(Operation.JOIN),
  start: done(Operation.START),
  arrive: done(Operation.ARRIVE),
  pass: done(Operation.PASS),
  // Bytes that went into a pipe, or came out of it: a message may be several.
  send: { kind: Kind.SEND },
  receive: { kind: Kind.RECEIVE },
  close: done(Operation.CLOSE),
  put: done(Operation.PUT),
  get: done(Operation.GET),
  'task-done': done(Operation.TASK_DONE),
  submit: done(Operation.SUBMIT),
  task: done(Operation.TASK),
  callback: done(Operation.CALLBACK),
  resize: done(Operation.RESIZE),
  request: done(Operation.REQUEST),
};

/** Events that have a text. */
const TELLING: readonly string[] = ['print', 'line', 'instruction', 'variable'];

const FILTERS = new Set(['thread', 'object', 'reason', 'cause', 'text', 'nth']);

/** What a link's text says for this engine: `…|py:…` = the second for Python, the first for all others. */
export function anchorFor(link: string, engine: string): string {
  const alternatives = link.split('|');
  const own = alternatives.find((text) => text.startsWith(`${engine}:`));
  return own === undefined ? (alternatives[0] as string) : own.slice(engine.length + 1);
}

/** Splits `name=value&…`; null when a pair is no filter or its value is badly encoded. */
function readFilters(text: string): ReadonlyMap<string, string> | null {
  const filters = new Map<string, string>();
  for (const pair of text === '' ? [] : text.split('&')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, Math.max(0, at));
    if (!FILTERS.has(name)) return null;
    try {
      filters.set(name, decodeURIComponent(pair.slice(at + 1)));
    } catch {
      return null;
    }
  }
  return filters;
}

/** Null when the text names no event: an unknown kind, filter, reason or cause, or one that this kind does not have. */
export function parseAnchor(text: string): Anchor | null {
  const [kind = '', query = ''] = text.split('?', 2);
  const event = Object.hasOwn(EVENT_KINDS, kind) ? EVENT_KINDS[kind] : undefined;
  const filters = readFilters(query);
  if (event === undefined || filters === null) return null;
  const get = (name: string): string | null => filters.get(name) ?? null;
  const [reason, cause, nth] = [get('reason'), get('cause'), get('nth') ?? '1'];
  if (reason !== null && !(kind === 'blocked' && REASONS.has(reason))) return null;
  if (cause !== null && event.causes?.has(cause) !== true) return null;
  if (get('text') !== null && !TELLING.includes(kind)) return null;
  if (!/^[1-9][0-9]{0,6}$/.test(nth)) return null;
  return { kind, thread: get('thread'), object: get('object'), reason, cause, text: get('text'), nth: Number(nth) };
}

/** Numbers of the lines of a program that have this in them. */
const linesWith = (text: string, program: string): ReadonlySet<number> =>
  new Set(program.split('\n').flatMap((line, at) => (line.includes(text) ? [at + 1] : [])));

/** The tests that a record must pass, cheapest first. */
function testsOf(replay: Replay, anchor: Anchor, program: string): ((n: number) => boolean)[] {
  const { log } = replay;
  const { thread, object, text } = anchor;
  const event = EVENT_KINDS[anchor.kind];
  invariant(event !== undefined, 'an anchor has a kind', anchor.kind);
  const aux = event.operation ?? event.causes?.get(anchor.cause ?? '') ?? REASONS.get(anchor.reason ?? '');
  const tests: ((n: number) => boolean)[] = [(n) => log.kind(n) === event.kind];
  if (aux !== undefined) tests.push((n) => log.aux(n) === aux);
  if (event.operation !== undefined) tests.push((n) => log.a(n) === Outcome.OK);
  if (thread !== null) tests.push((n) => isCalled(replay, log.tid(n), thread));
  if (object !== null) tests.push((n) => isObjectCalled(replay, log, n, object));
  if (anchor.kind === 'instruction') tests.push((n) => log.aux(n) === 1);
  if (text !== null) tests.push(tellsOf(text, anchor.kind, log, program));
  return tests;
}

/** Whether what a record tells has this in it. */
function tellsOf(text: string, kind: string, log: LogStore, program: string): (n: number) => boolean {
  if (kind === 'instruction') return (n) => log.text(log.c(n)).includes(text);
  if (kind !== 'line') return (n) => log.text(log.a(n)).includes(text);
  const lines = linesWith(text, program);
  return (n) => lines.has(log.a(n));
}

function isCalled(replay: Replay, tid: number, name: string): boolean {
  return tid > 0 && (replay.shortNameOf(tid) === name || replay.nameOf(tid) === name);
}

function isObjectCalled(replay: Replay, log: LogStore, n: number, name: string): boolean {
  const object = log.object(n);
  if (object <= 0) return false;
  return replay.objectNameOf(object) === name || isCalled(replay, replay.threadOf(object) ?? 0, name);
}

/**
 * The number of records after the event that the anchor names, which is where the cursor has to stand to show it; null
 * while the run has not come to it. `program`: its source, for events that name a line. Precondition: the replay is extended to the end of its log.
 */
export function resolveAnchor(replay: Replay, anchor: Anchor, program = ''): number | null {
  const tests = testsOf(replay, anchor, program);
  let hits = 0;
  for (let n = 0; n < replay.records; n += 1) {
    if (!tests.every((test) => test(n))) continue;
    hits += 1;
    if (hits === anchor.nth) return n + 1;
  }
  return null;
}
