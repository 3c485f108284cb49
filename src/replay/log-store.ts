import type { TextRef } from '../base/ids.ts';
import { asTextRef, NO_TEXT } from '../base/ids.ts';
import { Control, Mode } from '../abi/control.ts';
import { LOG_AT, RECORD_WORDS, TEXTS_AT, type Memory } from '../abi/layout.ts';
import { LOG_CAPACITY, TEXT_STORE_BYTES } from '../abi/limits.ts';
import { auxOf, cpuOf, kindOf } from '../abi/record.ts';
import { encodeText, FIRST_TEXT, readText } from '../abi/text.ts';
import { peek, poke } from '../abi/words.ts';
import { textWordOf } from './text-words.ts';
import { packTrace, unpackTrace, type Trace, type Unpacked } from './trace.ts';

const FIRST_RECORDS = 4096;
const FIRST_TEXT_BYTES = 16_384;

/**
 * The log on the reader's side: every record and text of a run, copied out of shared memory into growing typed arrays.
 * Records keep their layout of eight words (`abi/record.ts`), texts keep their offsets, so both are copied as they are.
 *
 * Owned by one thread, the reader; nothing here is shared.
 */
export class LogStore {
  /** The run was a live one: times are microseconds, and no step fills a tick. Set by `take`, or by whoever appends. */
  live = false;

  #words = new Int32Array(FIRST_RECORDS * RECORD_WORDS);
  #texts = new Uint8Array(FIRST_TEXT_BYTES);
  #textBytes = FIRST_TEXT;
  #count = 0;
  #generation = 0;
  readonly #decoded = new Map<TextRef, string>();

  /** Records copied so far. */
  get count(): number {
    return this.#count;
  }

  /** Counts `clear`s: what was derived under another number is void. */
  get generation(): number {
    return this.#generation;
  }

  /** All records, eight words each; another array after the store has grown, so read it anew before each pass. */
  get words(): Int32Array {
    return this.#words;
  }

  /**
   * Copies what was committed since the last call, and the texts it refers to; tells waiting writers of the room made.
   * Returns how many records came. Precondition: `memory` carries the same run as before, or `clear` was called.
   *
   * A record is copied only when word 7 says that it is whole; its text was written before it, so that is whole too.
   * The text store is never copied by its head: in live mode there may be reserved, unwritten room below it.
   */
  take(memory: Memory): number {
    const ring = memory.words;
    const first = this.#count;
    const head = Atomics.load(ring, Control.LOG_HEAD);
    let end = first;
    while (end < head && Atomics.load(ring, LOG_AT + (end % LOG_CAPACITY) * RECORD_WORDS + 7) === end + 1) end += 1;
    if (end <= first) return 0;

    this.#reserveRecords(end);
    for (let n = first; n < end;) {
      const place = n % LOG_CAPACITY;
      const run = Math.min(end - n, LOG_CAPACITY - place);
      const from = LOG_AT + place * RECORD_WORDS;
      this.#words.set(ring.subarray(from, from + run * RECORD_WORDS), n * RECORD_WORDS);
      n += run;
    }
    for (let n = first; n < end; n += 1) {
      const word = textWordOf(peek(this.#words, n * RECORD_WORDS));
      if (word !== 0) this.#takeText(memory, peek(this.#words, n * RECORD_WORDS + word));
    }
    this.live = Atomics.load(ring, Control.MODE) === Mode.LIVE;
    this.#count = end;
    Atomics.store(ring, Control.LOG_TAKEN, end);
    Atomics.notify(ring, Control.LOG_TAKEN);
    return end - first;
  }

  /** Forgets everything: a new run begins. */
  clear(): void {
    this.#count = 0;
    this.#textBytes = FIRST_TEXT;
    this.#decoded.clear();
    this.#generation += 1;
    this.live = false;
  }

  /** As `LogWriter.append`: for saved runs and tests. */
  append(word0: number, time: number, tid: number, object: number, a: number, b: number, c: number): void {
    const n = this.#count;
    this.#reserveRecords(n + 1);
    const at = n * RECORD_WORDS;
    const words = this.#words;
    poke(words, at, word0);
    poke(words, at + 1, time);
    poke(words, at + 2, tid);
    poke(words, at + 3, object);
    poke(words, at + 4, a);
    poke(words, at + 5, b);
    poke(words, at + 6, c);
    poke(words, at + 7, n + 1);
    this.#count = n + 1;
  }

  /** As `appendText` of the abi, into this store. */
  appendText(text: string): TextRef {
    if (text === '') return NO_TEXT;
    const bytes = encodeText(text);
    const at = this.#textBytes;
    const end = at + 4 + ((bytes.length + 3) & ~3);
    this.#reserveTexts(end);
    new DataView(this.#texts.buffer).setInt32(at, bytes.length, true);
    this.#texts.set(bytes, at + 4);
    this.#textBytes = end;
    return asTextRef(at);
  }

  /** The text of a reference, decoded once. */
  text(ref: number): string {
    const key = asTextRef(ref);
    let text = this.#decoded.get(key);
    if (text === undefined) {
      text = readText(this.#texts, 0, key);
      this.#decoded.set(key, text);
    }
    return text;
  }

  kind(n: number): number {
    return kindOf(peek(this.#words, n * RECORD_WORDS));
  }

  aux(n: number): number {
    return auxOf(peek(this.#words, n * RECORD_WORDS));
  }

  /** -1 where none is concerned. */
  cpu(n: number): number {
    return cpuOf(peek(this.#words, n * RECORD_WORDS));
  }

  /** The tick (stepped), or microseconds since the start of the run (live). */
  tick(n: number): number {
    return peek(this.#words, n * RECORD_WORDS + 1);
  }

  tid(n: number): number {
    return peek(this.#words, n * RECORD_WORDS + 2);
  }

  object(n: number): number {
    return peek(this.#words, n * RECORD_WORDS + 3);
  }

  a(n: number): number {
    return peek(this.#words, n * RECORD_WORDS + 4);
  }

  b(n: number): number {
    return peek(this.#words, n * RECORD_WORDS + 5);
  }

  c(n: number): number {
    return peek(this.#words, n * RECORD_WORDS + 6);
  }

  /** The whole run as plain JSON, for a recorded run or an export. */
  toTrace(): Trace {
    return packTrace(this.#words, this.#count, this.#texts.subarray(0, this.#textBytes), this.live);
  }

  /** Replaces everything by a saved run. @throws TraceError, with nothing replaced, if it is none. */
  load(saved: unknown): void {
    this.restore(unpackTrace(saved));
  }

  /** Replaces everything by a run that was saved and unpacked. */
  restore({ words, count, texts, live }: Unpacked): void {
    this.clear();
    this.#reserveRecords(count);
    this.#words.set(words);
    this.#count = count;
    this.#reserveTexts(texts.length);
    this.#texts.set(texts);
    this.#textBytes = Math.max(FIRST_TEXT, texts.length);
    this.live = live;
  }

  /** A store of its own for a saved run. @throws as `load`. */
  static fromTrace(saved: unknown): LogStore {
    const store = new LogStore();
    store.load(saved);
    return store;
  }

  #takeText(memory: Memory, ref: number): void {
    if (ref <= 0 || ref + 4 > TEXT_STORE_BYTES) return;
    const length = peek(memory.words, TEXTS_AT + ref / 4);
    const end = ref + 4 + ((length + 3) & ~3);
    this.#reserveTexts(end);
    const from = TEXTS_AT * 4 + ref;
    this.#texts.set(memory.bytes.subarray(from, from + end - ref), ref);
    this.#textBytes = Math.max(this.#textBytes, end);
  }

  #reserveRecords(count: number): void {
    const wanted = count * RECORD_WORDS;
    if (wanted <= this.#words.length) return;
    const grown = new Int32Array(Math.max(wanted, this.#words.length * 2));
    grown.set(this.#words.subarray(0, this.#count * RECORD_WORDS));
    this.#words = grown;
  }

  #reserveTexts(bytes: number): void {
    if (bytes <= this.#texts.length) return;
    const grown = new Uint8Array(Math.max(bytes, this.#texts.length * 2));
    grown.set(this.#texts.subarray(0, this.#textBytes));
    this.#texts = grown;
  }
}
