import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMemory, slotAt } from '../../abi/layout.ts';
import { Life, Request, Slot, Turn } from '../../abi/slot.ts';
import { awaitProcess } from './rest.ts';
import { SteppedTurns } from './stepped-turns.ts';

const SLOT = 2;
const memory = createMemory();
const { words } = memory;
const at = slotAt(SLOT);
const load = Atomics.load.bind(Atomics);

/** Thrown where a worker falls asleep and nobody will wake it. */
class AsleepForEver extends Error {}

/** What else may be done: before shared memory is read for the `moment`th time, or while a worker sleeps. Returns how often it was read. */
function meanwhile(moment: number, act: () => void): () => number {
  let reads = 0;
  let done = false;
  const doOnce = (): void => {
    if (done) return;
    done = true;
    act();
  };
  vi.spyOn(Atomics, 'load').mockImplementation(((array: Int32Array, index: number) => {
    if (reads === moment) doOnce();
    reads += 1;
    return load(array, index);
  }) as typeof Atomics.load);
  vi.spyOn(Atomics, 'wait').mockImplementation(((array: Int32Array, index: number, expected: number) => {
    if (load(array, index) !== expected) return 'not-equal';
    if (done) throw new AsleepForEver();
    doOnce();
    return 'ok';
  }) as typeof Atomics.wait);
  return () => reads;
}

/** As the kernel does: the thread first, then the turn. */
function grant(life: Life): void {
  Atomics.store(words, at + Slot.LIFE, life);
  Atomics.store(words, at + Slot.TURN, Turn.HOST);
  Atomics.store(words, at + Slot.CALL, SLOT + 1);
}

beforeEach(() => words.fill(0, at, at + 32));
afterEach(() => void vi.restoreAllMocks());

describe('a worker that waits for a process to carry', () => {
  /** False: it did not read so often. */
  function parkAndMeanwhile(moment: number, act: () => void): boolean {
    vi.restoreAllMocks();
    words.fill(0, at, at + 32);
    Atomics.store(words, at + Slot.LIFE, Life.PARKED);
    const reads = meanwhile(moment, act);
    awaitProcess(words, SLOT, 0);
    return reads() > moment;
  }

  test('has it, whenever the turn comes', () => {
    let moment = 0;
    while (parkAndMeanwhile(moment, () => grant(Life.BUSY))) moment += 1;
    expect(moment).toBeGreaterThan(1);
  });

  test.each([0, 1, 2])('sleeps for ever when it gets the turn without one, at moment %i', (moment) => {
    expect(() => parkAndMeanwhile(moment, () => grant(Life.EMPTY))).toThrow(AsleepForEver);
  });

  test.each([0, 1])('does not take its successor’s, at moment %i', (moment) => {
    const succeed = (): void => {
      Atomics.store(words, at + Slot.WORKER, 1);
      grant(Life.BUSY);
    };
    expect(() => parkAndMeanwhile(moment, succeed)).toThrow(AsleepForEver);
    expect([load(words, at + Slot.LIFE), load(words, at + Slot.TURN)]).toEqual([Life.BUSY, Turn.HOST]);
  });
});

describe('a worker that was given up', () => {
  test('and whose slot has another takes no call, and asks for nothing', () => {
    const turns = new SteppedTurns(memory, SLOT, 0);
    Atomics.store(words, at + Slot.WORKER, 1);
    grant(Life.BUSY);
    const before = words.slice(at, at + 32);
    meanwhile(0, () => undefined);
    expect(() => turns.begin()).toThrow(AsleepForEver);
    expect(() => turns.hand(SLOT, Request.YIELD, 0, 0, 0, 0, 0)).toThrow(AsleepForEver);
    expect(() => turns.heed()).toThrow(AsleepForEver);
    expect(words.slice(at, at + 32)).toEqual(before);
  });

  test('touches nothing either while nobody has come after it', () => {
    const turns = new SteppedTurns(memory, SLOT, 0);
    grant(Life.BUSY);
    expect(turns.begin()).toBe(SLOT);
    expect(() => turns.heed()).not.toThrow();
    Atomics.store(words, at + Slot.LIFE, Life.DEAD);
    const before = words.slice(at, at + 32);
    meanwhile(0, () => undefined);
    expect(() => turns.hand(SLOT, Request.YIELD, 0, 0, 0, 0, 0)).toThrow(AsleepForEver);
    expect(() => turns.heed()).toThrow(AsleepForEver);
    expect(words.slice(at, at + 32)).toEqual(before);
  });
});
