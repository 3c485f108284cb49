import { Worker } from 'node:worker_threads';
import { beforeEach, expect, test } from 'vitest';
import { createMemory, slotAt } from '../abi/layout.ts';
import { Life, Request, Slot, Turn } from '../abi/slot.ts';
import { HostReset } from './host-reset.ts';
import { HostSlot } from './host-slot.ts';

const memory = createMemory();
const { words } = memory;
const at = slotAt(2);
const put = (word: number, value: number): void => void Atomics.store(words, at + word, value);
const get = (word: number): number => Atomics.load(words, at + word);

/** Gives the turn back whenever the host has given it away, and a thread to carry with it. */
const KERNEL = `
const { workerData: { buffer, turn, life, kill } } = require('node:worker_threads');
const words = new Int32Array(buffer);
for (;;) {
  Atomics.wait(words, turn, ${Turn.HOST});
  Atomics.compareExchange(words, life, ${Life.PARKED}, ${Life.BUSY});
  Atomics.store(words, turn, ${Turn.HOST});
  Atomics.notify(words, turn);
}`;

async function withKernel(claim: () => void): Promise<void> {
  const workerData = { buffer: memory.buffer, turn: at + Slot.TURN, life: at + Slot.LIFE };
  const kernel = new Worker(KERNEL, { eval: true, workerData });
  try {
    claim();
  } finally {
    await kernel.terminate();
  }
}

beforeEach(() => {
  words.fill(0, 0, slotAt(4));
  put(Slot.TURN, Turn.HOST);
});

test('a new host parks, carries a thread, parks again', async () => {
  await withKernel(() => {
    put(Slot.LIFE, Life.STARTING);
    const slot = new HostSlot(memory, 2, 0);
    expect([slot.park(null), slot.park({ code: 3, text: 0, cause: 0 })]).toEqual([true, true]);
    expect([get(Slot.LIFE), get(Slot.REQUEST), get(Slot.ARG0)]).toEqual([Life.BUSY, Request.EXIT, 3]);
  });
});

test.each([Life.EMPTY, Life.STARTING])(
  'a parked host that gets the turn without a thread, and finds life %i, is sent home, and leaves every word as it is',
  async (life) => {
    const sender = `
      const { workerData: { buffer, turn, life } } = require('node:worker_threads');
      const words = new Int32Array(buffer);
      Atomics.wait(words, turn, ${Turn.HOST});
      Atomics.store(words, life, ${life});
      Atomics.store(words, turn, ${Turn.HOST});
      Atomics.notify(words, turn);`;
    put(Slot.LIFE, Life.STARTING);
    const workerData = { buffer: memory.buffer, turn: at + Slot.TURN, life: at + Slot.LIFE };
    const kernel = new Worker(sender, { eval: true, workerData });
    expect(new HostSlot(memory, 2, 0).park(null)).toBe(false);
    expect([get(Slot.LIFE), get(Slot.TURN)]).toEqual([life, Turn.HOST]);
    await kernel.terminate();
  },
);

test.each([Life.DEAD, Life.EMPTY, Life.STARTING])(
  'a host that was given up and comes back late finds life %i, and leaves every word as it is',
  async (life) => {
    await withKernel(() => {
      put(Slot.LIFE, Life.STARTING);
      const slot = new HostSlot(memory, 2, 0);
      slot.park(null);
      put(Slot.LIFE, life);
      put(Slot.REQUEST, 77);
      const before = words.slice(at, at + 32);
      expect(slot.park({ code: 3, text: 0, cause: 0 })).toBe(false);
      expect(words.slice(at, at + 32)).toEqual(before);
    });
  },
);

/**
 * The host was sent home and its worker told to stop; but it wakes only when its successor has parked and has been given a thread, which
 * others on a busy machine can bring about.
 */
test('a host that wakes late leaves its successor’s thread alone', async () => {
  const successor = `
    const { workerData: { buffer, turn, life, worker } } = require('node:worker_threads');
    const words = new Int32Array(buffer);
    Atomics.wait(words, turn, ${Turn.HOST});
    Atomics.store(words, worker, 1);
    Atomics.store(words, life, ${Life.BUSY});
    Atomics.store(words, turn, ${Turn.HOST});
    Atomics.notify(words, turn);`;
  put(Slot.LIFE, Life.STARTING);
  const workerData = {
    buffer: memory.buffer,
    turn: at + Slot.TURN,
    life: at + Slot.LIFE,
    worker: at + Slot.WORKER,
  };
  const kernel = new Worker(successor, { eval: true, workerData });
  const slot = new HostSlot(memory, 2, 0);
  expect(slot.park(null)).toBe(false);
  expect([get(Slot.LIFE), get(Slot.TURN)]).toEqual([Life.BUSY, Turn.HOST]);
  expect(slot.stopped).toBe(true);
  await kernel.terminate();
});

test('a host that was given up while it ran leaves its successor’s slot alone', async () => {
  await withKernel(() => {
    put(Slot.LIFE, Life.STARTING);
    const slot = new HostSlot(memory, 2, 0);
    slot.park(null);
    put(Slot.WORKER, 1);
    const before = words.slice(at, at + 32);
    expect(() => slot.ask(Request.YIELD)).toThrow(HostReset);
    expect(slot.park(null)).toBe(false);
    expect(words.slice(at, at + 32)).toEqual(before);
  });
});

test('a host that was given up before it had parked for the first time does not park', async () => {
  await withKernel(() => {
    put(Slot.LIFE, Life.DEAD);
    expect(new HostSlot(memory, 2, 0).park(null)).toBe(false);
    expect(get(Slot.LIFE)).toBe(Life.DEAD);
  });
});
