import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemory, slotAt } from '../abi/layout.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { abandon, nudge } from '../abi/parking.ts';
import { Park, Slot, WaitResult } from '../abi/slot.ts';
import { asObjectId } from '../base/ids.ts';
import { ParkingLot } from './parking-lot.ts';

const memory = createMemory();
const { words } = memory;
const lock = asObjectId(7);
const word = stateWordOf(lock);
const [FIRST, SECOND, WAKER] = [1, 2, 3];
const silent = { parked() {}, chosen() {} };
const lotOf = (slot: number): ParkingLot => new ParkingLot(memory, slot, silent);
const parkOf = (slot: number): number => Atomics.load(words, slotAt(slot) + Slot.PARK);

beforeEach(() => words.fill(0, 0, word + 16));
afterEach(() => void vi.restoreAllMocks());

test('who looks again and is nudged meanwhile does not sleep through it', () => {
  const lot = lotOf(FIRST);
  expect(lot.enter(word, 0, lock, false)).toBe(true);
  nudge(memory, FIRST);
  const load = Atomics.load.bind(Atomics);
  vi.spyOn(Atomics, 'load').mockImplementation(((array: Int32Array, index: number) => {
    const found = load(array, index);
    if (index === word && found === 0) {
      Atomics.store(words, word, 1);
      nudge(memory, FIRST);
    }
    return found;
  }) as typeof Atomics.load);
  expect(lot.look(word, 0, false, false)).toBeNull();
  expect(parkOf(FIRST)).toBe(Park.NUDGED);
  expect(lot.look(word, 0, false, false)).toBe(WaitResult.CHANGED);
});

test('who will never run again is not chosen any more', () => {
  for (const slot of [FIRST, SECOND]) expect(lotOf(slot).enter(word, 0, lock, false)).toBe(true);
  abandon(memory, FIRST);
  expect(parkOf(SECOND)).toBe(Park.NUDGED);
  expect(lotOf(WAKER).wake(word, 2)).toBe(1);
  expect(parkOf(SECOND)).toBe(Park.CHOSEN);
});

test('who was chosen and will never run leaves what it was woken for to the others', () => {
  for (const slot of [FIRST, SECOND]) expect(lotOf(slot).enter(word, 0, lock, false)).toBe(true);
  Atomics.store(words, word, 1);
  expect(lotOf(WAKER).wake(word, 1)).toBe(1);
  expect([parkOf(FIRST), parkOf(SECOND)]).toEqual([Park.CHOSEN, Park.PARKED]);
  abandon(memory, FIRST);
  expect(parkOf(SECOND)).toBe(Park.NUDGED);
  expect(lotOf(SECOND).look(word, 0, false, false)).toBe(WaitResult.CHANGED);
});
