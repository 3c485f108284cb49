import { RECORD_WORDS } from '../abi/layout.ts';
import { peek, poke } from '../abi/words.ts';
import { FIRST_TEXT } from '../abi/text.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { textWordOf } from './text-words.ts';
import { MAX_OBJECTS, MAX_THREADS } from '../abi/limits.ts';
import { Kind, kindOf } from '../abi/record.ts';

export const TRACE_VERSION = 1;

/** Word 7 of a record is its number, which its place says too. */
const SAVED_WORDS = RECORD_WORDS - 1;

/** A saved run: plain JSON. Words are little-endian, seven a record; texts are the text store as it was. */
export interface Trace {
  readonly format: 'procession-trace';
  readonly version: typeof TRACE_VERSION;
  readonly live: boolean;
  readonly records: number;
  /** Base64. */
  readonly words: string;
  /** Base64. */
  readonly texts: string;
  /** `procession.hash()` of the run, where it was saved. */
  readonly hash?: string;
  /** The link to what was run, `#/…`, where it was saved. */
  readonly link?: string;
}

/** What is wrong with a file that should be a saved run. The numbers say where. */
export type TraceFault =
  | { readonly kind: 'foreign' }
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'incomplete'; readonly part: string }
  | { readonly kind: 'length'; readonly records: number; readonly bytes: number }
  | { readonly kind: 'record'; readonly record: number };

const FAULTS: { readonly [Kind in TraceFault['kind']]: (fault: Extract<TraceFault, { kind: Kind }>) => string } = {
  foreign: () => 'This is not a saved run of Procession.',
  version: ({ version }) => `This run was saved in version ${version} of the format; here it must be ${TRACE_VERSION}.`,
  incomplete: ({ part }) => `The saved run is damaged: its part "${part}" is missing. Save it again.`,
  length: ({ records, bytes }) =>
    `The saved run is damaged: it should have ${records} records of ${SAVED_WORDS * 4} bytes, but has ${bytes} bytes. ` +
    'Save it again.',
  record: ({ record }) => `The saved run is damaged: record ${record} makes no sense. Save it again.`,
};

/** A file is no saved run, or a damaged one. The message is for people; the page says it in their language by `fault`. */
export class TraceError extends TypeError {
  readonly fault: TraceFault;

  constructor(fault: TraceFault) {
    super((FAULTS[fault.kind] as (fault: TraceFault) => string)(fault));
    this.name = 'TraceError';
    this.fault = fault;
  }
}

/** A saved run, checked, as a log store keeps it. */
export interface Unpacked {
  /** Eight words a record. */
  readonly words: Int32Array;
  readonly count: number;
  readonly texts: Uint8Array;
  readonly live: boolean;
}

export function packTrace(words: Int32Array, count: number, texts: Uint8Array, live: boolean): Trace {
  const bytes = new Uint8Array(count * SAVED_WORDS * 4);
  const view = new DataView(bytes.buffer);
  for (let n = 0, at = 0; n < count; n += 1) {
    for (let word = 0; word < SAVED_WORDS; word += 1, at += 4) {
      view.setInt32(at, peek(words, n * RECORD_WORDS + word), true);
    }
  }
  return {
    format: 'procession-trace',
    version: TRACE_VERSION,
    live,
    records: count,
    words: encodeBase64(bytes),
    texts: encodeBase64(texts),
  };
}

/** @throws TraceError when `saved` is not a saved run of this version. */
export function unpackTrace(saved: unknown): Unpacked {
  const trace = checkShape(saved);
  const bytes = decoded('words', trace.words);
  if (bytes.length !== trace.records * SAVED_WORDS * 4) {
    throw new TraceError({ kind: 'length', records: trace.records, bytes: bytes.length });
  }
  const texts = decoded('texts', trace.texts);
  const view = new DataView(bytes.buffer);
  const words = new Int32Array(trace.records * RECORD_WORDS);
  for (let n = 0; n < trace.records; n += 1) {
    const at = n * RECORD_WORDS;
    for (let word = 0; word < SAVED_WORDS; word += 1) {
      poke(words, at + word, view.getInt32((n * SAVED_WORDS + word) * 4, true));
    }
    poke(words, at + 7, n + 1);
    if (!isRecord(words, at) || !hasText(words, at, texts)) throw new TraceError({ kind: 'record', record: n });
  }
  return { words, count: trace.records, texts, live: trace.live };
}

function decoded(part: string, base64: string): Uint8Array<ArrayBuffer> {
  try {
    return decodeBase64(base64);
  } catch {
    // Which letter it is helps nobody.
    throw new TraceError({ kind: 'incomplete', part });
  }
}

function checkShape(saved: unknown): Trace {
  const trace = saved as Partial<Trace> | null;
  if (typeof trace !== 'object' || trace === null || trace.format !== 'procession-trace') {
    throw new TraceError({ kind: 'foreign' });
  }
  if (typeof trace.version !== 'number') throw new TraceError({ kind: 'incomplete', part: 'version' });
  if (trace.version !== TRACE_VERSION) throw new TraceError({ kind: 'version', version: String(trace.version) });
  const { live, records, words, texts } = trace;
  const whole = typeof records === 'number' && Number.isInteger(records) && records >= 0;
  if (!whole) throw new TraceError({ kind: 'incomplete', part: 'records' });
  if (typeof live !== 'boolean') throw new TraceError({ kind: 'incomplete', part: 'live' });
  if (typeof words !== 'string') throw new TraceError({ kind: 'incomplete', part: 'words' });
  if (typeof texts !== 'string') throw new TraceError({ kind: 'incomplete', part: 'texts' });
  return trace as Trace;
}

const KINDS: ReadonlySet<number> = new Set(Object.values(Kind));

/** What the readers of the log rely on: a known kind, a time, a thread and an object that can be. */
function isRecord(words: Int32Array, at: number): boolean {
  const tid = peek(words, at + 2);
  const object = peek(words, at + 3);
  return (
    KINDS.has(kindOf(peek(words, at))) &&
    peek(words, at + 1) >= 0 &&
    tid >= 0 &&
    tid <= MAX_THREADS &&
    object >= 0 &&
    object < MAX_OBJECTS
  );
}

/** A reference outside the texts would only show later, when somebody reads it. */
function hasText(words: Int32Array, at: number, texts: Uint8Array): boolean {
  const word = textWordOf(peek(words, at));
  const ref = word === 0 ? 0 : peek(words, at + word);
  if (ref <= 0) return true;
  const room = texts.length - ref - FIRST_TEXT;
  const length = room < 0 ? -1 : new DataView(texts.buffer, texts.byteOffset).getInt32(ref, true);
  return length >= 0 && length <= room;
}
