import { hashLog } from '../../replay/hash.ts';
import {
  TRACE_VERSION,
  TraceError,
  unpackTrace,
  type Trace,
  type TraceFault,
  type Unpacked,
} from '../../replay/trace.ts';
import type { Message } from '../texts/translate.ts';
import type { RunFile } from './lab.ts';
import { parseLink, type Lessons } from './link.ts';
import { Refusal } from './refusal.ts';
import type { RunLog } from './run-log.ts';
import { defaultView, type View } from './view.ts';

/** Larger files are not read: the longest run that can be saved is half as large. */
const MOST_BYTES = 256 << 20;

/** A run as a file, with what is needed to say later what it is a run of. `link`: to what was run, `#/…`. */
export function saveRun(log: RunLog, lesson: string, link: string): RunFile {
  const trace = traceOf(log, link);
  const mode = trace.live ? 'live' : 'stepped';
  return { name: `procession-${lesson}-${mode}-${trace.hash.slice(0, 8)}.json`, json: JSON.stringify(trace) };
}

export function traceOf(log: RunLog, link: string): SavedTrace {
  return { ...log.store.toTrace(), hash: hashLog(log.store), link };
}

/** A trace that says where it comes from. */
export type SavedTrace = Trace & Required<Pick<Trace, 'hash' | 'link'>>;

/** What a file holds: the run, and the settings under which it was made. */
export interface ReadRun {
  readonly run: Unpacked;
  readonly view: View;
  /** The file says which lesson it is of, and this lab has it. */
  readonly isKnown: boolean;
}

/** @throws Refusal that says what is wrong with the file. */
export function readRun(file: string, json: string, lessons: Lessons): ReadRun {
  if (json.length > MOST_BYTES) throw new Refusal({ key: 'saved.tooLong', values: { file, max: MOST_BYTES >> 20 } });
  const saved = parsed(file, json);
  const run = unpacked(file, saved);
  const { view, isKnown } = settingsOf(saved, lessons);
  return { run, isKnown, view: { ...view, mode: run.live ? 'live' : 'stepped', at: null, thread: null } };
}

function parsed(file: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Which letter JSON.parse stumbled over helps nobody.
    throw new Refusal({ key: 'saved.notJson', values: { file } });
  }
}

function unpacked(file: string, saved: unknown): Unpacked {
  try {
    return unpackTrace(saved);
  } catch (error) {
    throw error instanceof TraceError ? new Refusal(faultWords(file, error.fault)) : error;
  }
}

/** A run of a lesson that this lab does not know can be looked at all the same, beside the first lesson's program. */
function settingsOf(saved: unknown, lessons: Lessons): Pick<ReadRun, 'view' | 'isKnown'> {
  const { link } = saved as Partial<Trace>;
  const parsedLink = typeof link === 'string' ? parseLink(link, lessons) : null;
  const isKnown = parsedLink?.notices.every(({ name }) => name !== null) === true;
  return { isKnown, view: isKnown ? parsedLink.view : defaultView(lessons[0]) };
}

function faultWords(file: string, fault: TraceFault): Message {
  switch (fault.kind) {
    case 'foreign':
      return { key: 'saved.foreign', values: { file } };
    case 'version':
      return { key: 'saved.version', values: { file, version: fault.version, known: TRACE_VERSION } };
    case 'incomplete':
      return { key: 'saved.incomplete', values: { file, part: fault.part } };
    case 'length':
      return { key: 'saved.length', values: { file, records: fault.records } };
    case 'record':
      return { key: 'saved.record', values: { file, record: fault.record } };
  }
}
