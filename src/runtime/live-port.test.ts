import { beforeEach, expect, test, vi } from 'vitest';
import { Control } from '../abi/control.ts';
import { createMemory, slotAt } from '../abi/layout.ts';
import { MAX_TICKS } from '../abi/limits.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { BlockReason } from '../abi/record.ts';
import { Park, Signal, Slot, WaitResult } from '../abi/slot.ts';
import { asObjectId } from '../base/ids.ts';
import { acquire, release } from '../sync/lock.ts';
import { LockState } from '../sync/lock-word.ts';
import { HostReset } from './host-reset.ts';
import { HostSlot } from './host-slot.ts';
import { LivePort } from './live-port.ts';
import { ParkingLot } from './parking-lot.ts';

const memory = createMemory();
const { words } = memory;
const lock = asObjectId(7);
const word = stateWordOf(lock);
const VICTIM = 1;
const OTHER = 2;
const KERNEL = 3;
const NS_PER_TICK = 10_000_000;
const silent = { parked() {}, chosen() {} };

/** A slot in which something happens at the moment when its thread has queued itself and is about to sleep, and after each look at KILL. */
class EventfulSlot extends HostSlot {
  happens: () => void = () => {};
  happensAfter: () => void = () => {};

  override get stopped(): boolean {
    if (Atomics.load(words, slotAt(this.index) + Slot.PARK_WORD) === word) this.happens();
    const saysStop = super.stopped;
    this.happensAfter();
    return saysStop;
  }
}

/** Leaves `slot` in the queue of the word, asleep as it were, while the word holds `expected`. */
function queueUp(slot: number, expected = 0): void {
  const lot = new ParkingLot(memory, slot, silent);
  const asleep = new Error('asleep');
  const fallAsleep = (): never => {
    throw asleep;
  };
  expect(() => lot.wait(word, expected, lock, () => Infinity, fallAsleep)).toThrow(asleep);
}

const parkOf = (slot: number): number => Atomics.load(words, slotAt(slot) + Slot.PARK);

beforeEach(() => words.fill(0, 0, word + 16));

test('a waiter that was chosen and is told to stop before it has run wakes the next one', () => {
  const slot = new EventfulSlot(memory, VICTIM, 0);
  const port = new LivePort(slot);
  slot.happens = () => {
    slot.happens = () => {};
    queueUp(OTHER);
    expect(new ParkingLot(memory, KERNEL, silent).wake(word, 1)).toBe(1);
    expect([parkOf(VICTIM), parkOf(OTHER)]).toEqual([Park.CHOSEN, Park.PARKED]);
    Atomics.store(words, slotAt(VICTIM) + Slot.KILL, 1);
  };
  expect(() => port.wait(word, 0, Infinity, lock, BlockReason.LOCK)).toThrow(HostReset);
  expect(parkOf(OTHER)).toBe(Park.CHOSEN);
});

test('a waiter that was chosen and is told to stop a moment later has used the wake-up, and stops at its next step', () => {
  const slot = new EventfulSlot(memory, VICTIM, 0);
  const port = new LivePort(slot);
  slot.happens = () => void new ParkingLot(memory, KERNEL, silent).wake(word, 1);
  // The first look is before it waits, the next ones are while it does.
  let looks = 0;
  slot.happensAfter = () => {
    looks += 1;
    const waits = Atomics.load(words, slotAt(VICTIM) + Slot.PARK_WORD) !== 0;
    if (looks > 1 && !waits) Atomics.store(words, slotAt(VICTIM) + Slot.KILL, Signal.STOP);
  };
  expect(port.wait(word, 0, Infinity, lock, BlockReason.LOCK)).toBe(WaitResult.WOKEN);
  expect(() => port.step()).toThrow(HostReset);
});

test('who is told to stop between its change and its wake has the change whole: nobody sleeps on a free lock', () => {
  const port = new LivePort(new HostSlot(memory, VICTIM, 0));
  expect(acquire(port, lock, Infinity)).toBe(true);
  Atomics.store(words, word, LockState.CONTENDED);
  queueUp(OTHER, LockState.CONTENDED);
  Atomics.store(words, slotAt(VICTIM) + Slot.KILL, Signal.STOP);
  expect(release(port, lock)).toBe(true);
  expect([words[word], parkOf(OTHER)]).toEqual([LockState.FREE, Park.CHOSEN]);
  expect(() => port.step()).toThrow(HostReset);
});

test('who computes for long is no host that hangs, and can be stopped in the middle of it', () => {
  const port = new LivePort(new HostSlot(memory, VICTIM, 0));
  const signals = slotAt(VICTIM) + Slot.KILL;
  Atomics.store(words, Control.WORK_UNIT_NS, NS_PER_TICK);
  Atomics.store(words, signals, Signal.PROBE);
  port.compute(1);
  expect(Atomics.load(words, signals)).toBe(0);
  Atomics.store(words, signals, Signal.STOP);
  expect(() => port.compute(MAX_TICKS)).toThrow(HostReset);
});

test('what is computed is units of work, whatever the clock says meanwhile', () => {
  const port = new LivePort(new HostSlot(memory, VICTIM, 0));
  const indexOf = vi.spyOn(Int32Array.prototype, 'indexOf');
  const searchesOf = (ticks: number): number => {
    indexOf.mockClear();
    port.compute(ticks);
    return indexOf.mock.calls.length;
  };
  Atomics.store(words, Control.WORK_UNIT_NS, NS_PER_TICK);
  const unit = searchesOf(1);
  expect(unit).toBeGreaterThan(0);
  expect([0, 0.2, 7].map((ticks) => searchesOf(ticks) / unit)).toEqual([0, 1, 7]);
  Atomics.store(words, Control.WORK_UNIT_NS, NS_PER_TICK / 10);
  expect(searchesOf(7) / unit).toBe(70);
  indexOf.mockRestore();
});

test('a wait that is longer than the clock lasts is one for ever, so a deadlock is seen', () => {
  const slot = new EventfulSlot(memory, VICTIM, 0);
  const port = new LivePort(slot);
  const timed: number[] = [];
  slot.happens = () => {
    timed.push(Atomics.load(words, slotAt(VICTIM) + Slot.PARK_TIMED));
    new ParkingLot(memory, KERNEL, silent).wake(word, 1);
  };
  port.wait(word, 0, MAX_TICKS + 1, lock, BlockReason.LOCK);
  port.wait(word, 0, 1000, lock, BlockReason.LOCK);
  expect([timed[0], timed.at(-1)]).toEqual([0, 1]);
});
