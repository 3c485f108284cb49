import { describe, expect, it } from 'vitest';
import { Control, Mode } from '../abi/control.ts';
import { createMemory, LOG_AT, RECORD_WORDS, TEXTS_AT, type Memory } from '../abi/layout.ts';
import { LOG_CAPACITY } from '../abi/limits.ts';
import { LogWriter } from '../abi/log-writer.ts';
import { header, Kind } from '../abi/record.ts';
import { appendText, FIRST_TEXT, TEXT_STORE_FULL } from '../abi/text.ts';
import { LogScript } from './log-script.fixture.ts';
import { LogStore } from './log-store.ts';
import { randomRun } from './random-run.fixture.ts';

function print(memory: Memory, writer: LogWriter, tid: number, text: string): void {
  writer.append(header(Kind.PRINT, 1, -1), 5, tid, 0, appendText(memory, text), 0, 0);
}

/** As `KernelRemote.load` does between runs. */
function startAgain(memory: Memory, at: number): void {
  memory.words.fill(0, LOG_AT);
  Atomics.store(memory.words, Control.LOG_HEAD, at);
  Atomics.store(memory.words, Control.LOG_TAKEN, at);
  Atomics.store(memory.words, Control.TEXT_HEAD, FIRST_TEXT);
  Atomics.store(memory.words, Control.MODE, Mode.STEPPED);
}

describe('the copy of the log', () => {
  const memory = createMemory();

  it('takes each committed record once, with its texts, and says how far it has come', () => {
    startAgain(memory, 0);
    const store = new LogStore();
    const writer = new LogWriter(memory);
    expect(store.take(memory)).toBe(0);
    writer.append(header(Kind.CREATED, 1, -1), 0, 1, 9, 1, appendText(memory, '进程-1'), 0);
    print(memory, writer, 1, 'hello');
    expect(store.take(memory)).toBe(2);
    expect(store.take(memory)).toBe(0);
    print(memory, writer, 2, 'again\n');
    expect(store.take(memory)).toBe(1);
    expect(Atomics.load(memory.words, Control.LOG_TAKEN)).toBe(3);
    expect([store.count, store.kind(0), store.aux(0), store.cpu(0), store.tid(2), store.tick(2)]).toEqual([
      3,
      Kind.CREATED,
      1,
      -1,
      2,
      5,
    ]);
    expect([store.text(store.b(0)), store.text(store.a(1)), store.text(store.a(2))]).toEqual([
      '进程-1',
      'hello',
      'again\n',
    ]);
    expect(store.live).toBe(false);
  });

  it('stops before a record that is reserved but not written, and comes back for it', () => {
    startAgain(memory, 0);
    const store = new LogStore();
    const writer = new LogWriter(memory);
    writer.append(header(Kind.BOOST, 0, -1), 1, 0, 0, 0, 0, 0);
    const reserved = Atomics.add(memory.words, Control.LOG_HEAD, 1);
    writer.append(header(Kind.BOOST, 0, -1), 3, 0, 0, 0, 0, 0);
    expect(store.take(memory)).toBe(1);
    Atomics.store(memory.words, LOG_AT + reserved * RECORD_WORDS + 7, reserved + 1);
    expect(store.take(memory)).toBe(2);
    expect(store.tick(2)).toBe(3);
  });

  it('copies a text that was reserved before, but written after a later one', () => {
    startAgain(memory, 0);
    const store = new LogStore();
    const writer = new LogWriter(memory);
    const early = appendText(memory, 'early');
    const place = TEXTS_AT * 4 + early;
    const written = memory.bytes.slice(place, place + 12);
    memory.bytes.fill(0, place, place + 12);
    print(memory, writer, 1, 'late');
    store.take(memory);
    memory.bytes.set(written, place);
    writer.append(header(Kind.PRINT, 1, -1), 6, 1, 0, early, 0, 0);
    store.take(memory);
    expect([store.text(store.a(0)), store.text(store.a(1))]).toEqual(['late', 'early']);
  });

  it('follows the ring around its end', () => {
    const start = LOG_CAPACITY - 2;
    startAgain(memory, 0);
    const store = new LogStore();
    for (let n = 0; n < start; n += 1) store.append(header(Kind.BOOST, 0, -1), n, 0, 0, 0, 0, 0);
    startAgain(memory, start);
    const writer = new LogWriter(memory);
    for (let n = start; n < start + 5; n += 1) writer.append(header(Kind.BOOST, 0, -1), n, 0, 0, 0, 0, 0);
    expect(store.take(memory)).toBe(5);
    expect([store.tick(start), store.tick(start + 2), store.tick(start + 4)]).toEqual([start, start + 2, start + 4]);
  });

  it('shows a text that found the store full as an ellipsis, and knows a live run', () => {
    startAgain(memory, 0);
    Atomics.store(memory.words, Control.MODE, Mode.LIVE);
    const store = new LogStore();
    new LogWriter(memory).append(header(Kind.PRINT, 1, -1), 1, 1, 0, TEXT_STORE_FULL, 0, 0);
    store.take(memory);
    expect(store.text(store.a(0))).toBe('…');
    expect(store.live).toBe(true);
  });

  it('forgets everything when cleared, texts included', () => {
    const store = new LogScript().process(1, 'one').log;
    const before = store.generation;
    store.clear();
    expect([store.count, store.generation]).toEqual([0, before + 1]);
    expect(store.text(store.appendText('two'))).toBe('two');
  });
});

describe('a saved run', () => {
  it('is the same after JSON', () => {
    const { log } = randomRun(77);
    const copy = LogStore.fromTrace(JSON.parse(JSON.stringify(log.toTrace())));
    expect(copy.words.subarray(0, copy.count * 8)).toEqual(log.words.subarray(0, log.count * 8));
    expect(copy.toTrace()).toEqual(log.toTrace());
    expect(copy.text(copy.b(0))).toBe(log.text(log.b(0)));
  });

  it('can be added to', () => {
    const log = LogStore.fromTrace(new LogScript().process(1, 'one').log.toTrace());
    log.append(header(Kind.PRINT, 1, -1), 1, 1, 0, log.appendText('two'), 0, 0);
    expect([log.text(log.b(0)), log.text(log.a(1))]).toEqual(['one', 'two']);
  });

  it('says what is wrong with it when it is none, of another version, or damaged', () => {
    const good = new LogScript().process(1, 'a name').log.toTrace();
    expect(() => LogStore.fromTrace({ hello: 1 })).toThrow('not a saved run');
    expect(() => LogStore.fromTrace(null)).toThrow('not a saved run');
    expect(() => LogStore.fromTrace({ ...good, version: 9 })).toThrow('version 9');
    expect(() => LogStore.fromTrace({ ...good, records: 2 })).toThrow('damaged');
    expect(() => LogStore.fromTrace({ ...good, records: -1 })).toThrow('damaged');
    expect(() => LogStore.fromTrace({ ...good, words: '?' })).toThrow('"words" is missing');
    expect(() => LogStore.fromTrace({ ...good, texts: '' })).toThrow('record 0 makes no sense');
  });

  it('is refused when a record is of no kind, or of a thread, object or time that cannot be', () => {
    const wrong: readonly (readonly number[])[] = [
      [99, 0, 1, 0],
      [Kind.READY, -1, 1, 0],
      [Kind.READY, 0, 5000, 0],
      [Kind.READY, 0, -1, 0],
      [Kind.READY, 0, 1, 1 << 20],
    ];
    for (const [word0 = 0, time = 0, tid = 0, object = 0] of wrong) {
      const { log } = new LogScript().process(1, 'one');
      log.append(word0, time, tid, object, 0, 0, 0);
      expect(() => LogStore.fromTrace(log.toTrace())).toThrow('record 1 makes no sense');
    }
  });
});
