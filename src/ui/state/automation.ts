import type { Ticks } from '../../base/units.ts';
import type { RunState } from '../../abi/remote.ts';
import { asTid } from '../../base/ids.ts';
import { hashLog } from '../../replay/hash.ts';
import { measuresAt } from '../../replay/measures.ts';
import type { Trace } from '../../replay/trace.ts';
import { byteLength, MAX_CODE_BYTES } from './code.ts';
import { Refusal, sayError } from './refusal.ts';
import type { Session } from './session.ts';
import { instantOf, plainLog, type PlainEvent } from './plain-log.ts';
import { plainMeasures, type PlainMeasures } from './plain-measures.ts';
import { threadStatus, type ThreadStatus } from './thread-status.ts';

/** Where the lab stands, at the cursor. */
export interface Status {
  readonly record: number;
  readonly records: number;
  /** In live mode hundredths of a second, which a program counts as ticks. */
  readonly tick: Ticks;
  /** Live mode: milliseconds since the start of the run. */
  readonly time?: number;
  readonly outcome: RunState;
  readonly message?: string;
  /** What the page tells its user just now: corrected values of a link, refusals. */
  readonly notices: readonly string[];
  readonly threads: readonly ThreadStatus[];
}

/**
 * How far to run: to the end (the default) or to a record, and in any case no more than `maxSteps` from the cursor on. A record is
 * a place: one behind the cursor is gone back to.
 */
export interface RunOptions {
  readonly to?: 'end' | number;
  readonly maxSteps?: number;
}

/**
 * `window.procession`: the lab for tests, notebooks and embedding pages. The promises of calls end when the page shows
 * the result. They reject with the message that the user would see, in the language of the page; a rejected call has changed
 * nothing, but for `open`, which opens what the message says.
 */
export interface ProcessionApi {
  readonly ready: Promise<void>;
  /**
   * Loads `#/…`. Rejects when the link as a whole could not be taken: an unknown lesson, a newer version, no link at all. A value
   * that had to be corrected does not reject: `status().notices` says what was used instead.
   */
  open(link: string): Promise<Status>;
  run(options?: RunOptions): Promise<Status>;
  step(n?: number): Promise<Status>;
  back(n?: number): Promise<Status>;
  seek(record: number): Promise<Status>;
  /** Makes the pick at the current point; the next step shows it. */
  pick(tid: number): Promise<Status>;
  /** Types a line at the cursor; null = the end of the file. `run` goes on from there. */
  typeLine(line: string | null): Promise<Status>;
  /** Any name of a link, or a parameter of the lesson. */
  set(name: string, value: string | number | boolean): Promise<Status>;
  /** Opens the lesson `custom` with this Python program, unrun: `run` and `step` run it. */
  program(source: string): Promise<Status>;
  status(): Status;
  log(): PlainEvent[];
  stdout(): string;
  /** At the cursor. Times are in ticks; of a live run in milliseconds. */
  metrics(): PlainMeasures;
  link(): string;
  /** Of the whole log: equal for equal stepped runs, on every machine and browser. */
  hash(): string;
  /** The whole run as plain JSON: what `public/recorded` keeps of each lesson. */
  trace(): Trace;
  /** Shows a saved run, read-only. Rejects when it is none. `name`: what the page calls it. */
  openTrace(trace: unknown, name?: string): Promise<Status>;
}

export function createAutomation(session: Session, ready: Promise<void>): ProcessionApi {
  const { player, log, store } = session;

  const status = (): Status => {
    const { cursor, records, machine, outcome, message } = store.getState();
    return {
      record: cursor,
      records,
      ...instantOf(machine.live, machine.tick),
      outcome,
      ...(message === null ? {} : { message }),
      notices: session.told,
      threads: machine.threads.map((thread) => threadStatus(thread, machine)),
    };
  };

  /** Every call: what it does, then the status; what is refused in the words that the user would see. */
  const call = async (action: () => Promise<void>): Promise<Status> => {
    await ready;
    try {
      await action();
    } catch (error) {
      throw new Error(sayError(error, store.getState().lang), { cause: error });
    }
    return status();
  };

  return {
    ready,
    open: (link) => call(() => open(session, link)),
    run: (options) =>
      call(async () => {
        const { to = 'end', maxSteps } = runOptions(options);
        const record = to === 'end' ? null : natural('to', to);
        const steps = maxSteps === undefined ? null : natural('maxSteps', maxSteps);
        mustRun(session);
        const goal = { ...(record === null ? {} : { record }), ...(steps === null ? {} : { steps }) };
        await session.whenStarted(() => player.runTo(goal));
      }),
    step: (n = 1) => call(() => stepBy(session, natural('n', n))),
    back: (n = 1) => call(() => player.back(natural('n', n))),
    seek: (record) => call(() => player.seek(natural('record', record))),
    pick: (tid) => call(() => player.pick(asTid(natural('tid', tid)), false)),
    typeLine: (line) => call(() => session.typeAtCursor(lineOf(line), false)),
    set: (name, value) => call(() => session.change(name, String(value))),
    program: (source) => call(() => openProgram(session, source)),
    status,
    log: () => plainLog(log),
    stdout: () => log.output.textUntil(store.getState().cursor),
    metrics: () => plainMeasures(measuresAt(log.replay, store.getState().cursor), log.store.live),
    link: () => session.link(),
    hash: () => hashLog(log.store),
    trace: () => session.trace(),
    openTrace: (trace, name = 'trace') => call(() => session.openSaved(name, JSON.stringify(trace))),
  };
}

const MOST = 0x7fff_ffff;

/** @throws Refusal when it is no whole number from 0. */
function natural(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST) return value;
  throw new Refusal({ key: 'automation.number', values: { name, value: String(value), min: 0, max: MOST } });
}

/** Scripts without types may hand in anything. @throws Refusal when these are no options. */
function runOptions(options: unknown): RunOptions {
  if (options === undefined) return {};
  if (typeof options === 'object' && options !== null) return options;
  throw new Refusal({ key: 'automation.options', values: { value: String(options) } });
}

/** @throws Refusal when it is no text: `undefined` is not the program “undefined”. */
function text(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Refusal({ key: 'automation.text', values: { name, value: String(value) } });
}

/** @throws Refusal when it is not one line. */
function lineOf(line: unknown): string | null {
  if (line === null) return null;
  const said = text('line', line);
  if (!/[\r\n]/.test(said)) return said;
  throw new Refusal({ key: 'automation.line' });
}

async function open(session: Session, link: string): Promise<void> {
  const parsed = session.parse(text('link', link));
  await session.openParsed(parsed);
  const refused = parsed.notices.find(({ name }) => name === null);
  if (refused !== undefined) throw new Refusal(refused);
}

/** @throws Refusal when there is nothing that could run. */
function mustRun(session: Session): void {
  const { hindrance, records } = session.store.getState();
  if (hindrance !== null && records === 0) throw new Refusal({ key: 'automation.cannotRun', values: { ...hindrance } });
}

async function stepBy(session: Session, count: number): Promise<void> {
  mustRun(session);
  await session.whenStarted(() => session.player.step(count));
}

async function openProgram(session: Session, source: string): Promise<void> {
  const length = byteLength(text('source', source));
  if (length > MAX_CODE_BYTES) {
    throw new Refusal({ key: 'automation.sourceTooLong', values: { length, max: MAX_CODE_BYTES } });
  }
  await session.openProgram(source);
}
