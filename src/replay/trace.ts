import { RECORD_WORDS } from '../abi/layout.ts';
import { peek, poke } from '../abi/words.ts';
import { FIRST_TEXT } from '../abi/text.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { textWordOf } from './text-words.ts';

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
}

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

/** @throws TypeError or RangeError, with a message for people, when `saved` is not a saved run of this version. */
export function unpackTrace(saved: unknown): Unpacked {
  const trace = checkShape(saved);
  const bytes = decodeBase64(trace.words);
  if (bytes.length !== trace.records * SAVED_WORDS * 4) {
    throw new RangeError(
      `The saved run is damaged: it should have ${trace.records} records of ${SAVED_WORDS * 4} bytes, ` +
        `but has ${bytes.length} bytes. Save it again.`,
    );
  }
  const texts = decodeBase64(trace.texts);
  const view = new DataView(bytes.buffer);
  const words = new Int32Array(trace.records * RECORD_WORDS);
  for (let n = 0; n < trace.records; n += 1) {
    const at = n * RECORD_WORDS;
    for (let word = 0; word < SAVED_WORDS; word += 1) {
      poke(words, at + word, view.getInt32((n * SAVED_WORDS + word) * 4, true));
    }
    poke(words, at + 7, n + 1);
    checkText(words, at, texts, n);
  }
  return { words, count: trace.records, texts, live: trace.live };
}

function checkShape(saved: unknown): Trace {
  const trace = saved as Partial<Trace> | null;
  if (typeof trace !== 'object' || trace === null || trace.format !== 'procession-trace') {
    throw new TypeError('This is not a saved run of Procession.');
  }
  if (trace.version !== TRACE_VERSION) {
    throw new TypeError(
      `This run was saved in version ${String(trace.version)} of the format; here it must be ${TRACE_VERSION}.`,
    );
  }
  const { live, records, words, texts } = trace;
  const whole = typeof records === 'number' && Number.isInteger(records) && records >= 0;
  if (!whole || typeof live !== 'boolean' || typeof words !== 'string' || typeof texts !== 'string') {
    throw new TypeError('The saved run is damaged: a part of it is missing. Save it again.');
  }
  return trace as Trace;
}

/** A reference outside the texts would only show later, when somebody reads it. */
function checkText(words: Int32Array, at: number, texts: Uint8Array, n: number): void {
  const word = textWordOf(peek(words, at));
  const ref = word === 0 ? 0 : peek(words, at + word);
  if (ref <= 0) return;
  const room = texts.length - ref - FIRST_TEXT;
  const length = room < 0 ? -1 : new DataView(texts.buffer, texts.byteOffset).getInt32(ref, true);
  if (length < 0 || length > room) {
    throw new RangeError(`The saved run is damaged: record ${n} refers to a text that is not there. Save it again.`);
  }
}
