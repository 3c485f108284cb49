import { afterEach, describe, expect, test, vi } from 'vitest';
import { createMemory, slotAt } from '../../abi/layout.ts';
import { Life, Slot, Turn } from '../../abi/slot.ts';
import { awaitProcess } from './rest.ts';

const SLOT = 2;
const { words } = createMemory();
const turn = slotAt(SLOT) + Slot.TURN;
const load = Atomics.load.bind(Atomics);

class AsleepForEver extends Error {}

/** As the kernel does: the process first, then the turn. */
function grant(life: Life): void {
  Atomics.store(words, slotAt(SLOT) + Slot.LIFE, life);
  Atomics.store(words, turn, Turn.HOST);
}

/**
 * A worker parks, and the turn comes before it reads shared memory for the `moment`th time, or while it sleeps. Nobody wakes it twice: who
 * falls asleep after that never goes on. False: it did not read so often.
 */
function parkWithGrantAt(moment: number, life: Life): boolean {
  vi.restoreAllMocks();
  Atomics.store(words, slotAt(SLOT) + Slot.LIFE, Life.PARKED);
  Atomics.store(words, turn, Turn.KERNEL);
  let reads = 0;
  let granted = false;
  vi.spyOn(Atomics, 'load').mockImplementation(((array: Int32Array, index: number) => {
    if (reads === moment && !granted) {
      grant(life);
      granted = true;
    }
    reads += 1;
    return load(array, index);
  }) as typeof Atomics.load);
  vi.spyOn(Atomics, 'wait').mockImplementation(((array: Int32Array, index: number, expected: number) => {
    if (load(array, index) !== expected) return 'not-equal';
    if (granted) throw new AsleepForEver();
    grant(life);
    granted = true;
    return 'ok';
  }) as typeof Atomics.wait);
  awaitProcess(words, SLOT);
  return reads > moment;
}

afterEach(() => vi.restoreAllMocks());

describe('a worker that waits for a process to carry', () => {
  test('has it, whenever the turn comes', () => {
    let moment = 0;
    while (parkWithGrantAt(moment, Life.BUSY)) moment += 1;
    expect(moment).toBeGreaterThan(1);
  });

  test('sleeps for ever when it gets the turn without one', () => {
    for (const moment of [0, 1, 2]) {
      expect(() => parkWithGrantAt(moment, Life.EMPTY), `moment ${moment}`).toThrow(AsleepForEver);
    }
  });
});
