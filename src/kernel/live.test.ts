import { Worker } from 'node:worker_threads';
import { afterEach, expect, test, vi } from 'vitest';
import { Control } from '../abi/control.ts';
import { createMemory, LOG_AT, mailboxByteAt, slotAt } from '../abi/layout.ts';
import { EndCause, Kind, RunEnd } from '../abi/record.ts';
import type { KernelDemand } from '../abi/remote.ts';
import { Life, Park, Request, Slot, Turn } from '../abi/slot.ts';
import { packSpawnMail } from '../abi/spawn-mail.ts';
import { Kernel } from './kernel.ts';
import { readLog, specOf } from './lab.fixture.ts';

// Real workers start in their own time.
vi.setConfig({ testTimeout: 30_000 });

/**
 * Real threads with the smallest host there is: it does what `behaviour` says. The main
 * process asks for two children and ends; a child ends with its tid as exit code, or parks for ever.
 */
const HOST = `
const { workerData: { buffer, at, mailByte, childMail, behaviour, words: W } } = require('node:worker_threads');
const words = new Int32Array(buffer);
const bytes = new Uint8Array(buffer);
const giveBack = () => {
  Atomics.store(words, at + W.TURN, 0);
  Atomics.notify(words, at + W.TURN);
  Atomics.add(words, W.DOORBELL, 1);
  Atomics.notify(words, W.DOORBELL);
};
const ask = (request, ...args) => {
  words[at + W.REQUEST] = request;
  args.forEach((value, index) => { words[at + W.ARG0 + index] = value; });
  giveBack();
};
const waitForTurn = () => { while (Atomics.load(words, at + W.TURN) === 0) Atomics.wait(words, at + W.TURN, 0); };
const park = () => { Atomics.store(words, at + W.LIFE, W.PARKED); giveBack(); };
const parkForever = () => {
  Atomics.store(words, at + W.PARK, 0);
  Atomics.store(words, at + W.PARK_WORD, 1);
  while (Atomics.load(words, at + W.KILL) === 0) {
    Atomics.wait(words, at + W.PARK, 0);
    Atomics.store(words, at + W.PARK, 0);
  }
  Atomics.store(words, at + W.PARK_WORD, 0);
  park();
};
const exit = (code) => {
  Atomics.store(words, at + W.LIFE, W.PARKED);
  ask(W.EXIT, code, 0, 0);
};
Atomics.store(words, at + W.LIFE, W.PARKED);
Atomics.notify(words, at + W.LIFE);
for (;;) {
  waitForTurn();
  const tid = words[at + W.TID];
  if (Atomics.load(words, at + W.KILL) !== 0) { park(); continue; }
  if (tid === 1) {
    for (let child = 0; child < 2; child += 1) {
      bytes.set(childMail, mailByte);
      words[at + W.MAIL_BYTES] = childMail.length;
      ask(W.SPAWN, 0, 0, 0, 0, 0);
      waitForTurn();
    }
  }
  if (behaviour === 'park' && tid !== 1) parkForever();
  else exit(tid);
}`;

const workers: Worker[] = [];
const memory = createMemory();

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
  memory.words.fill(0, 0, slotAt(8));
});

function openLive(behaviour: 'exit' | 'park'): Kernel {
  const childMail = packSpawnMail({ program: 'test', target: 'child', name: 'child' }, new Uint8Array());
  const indices = {
    ...Slot,
    DOORBELL: Control.DOORBELL,
    PARKED: Life.PARKED,
    SPAWN: Request.SPAWN,
    EXIT: Request.EXIT,
  };
  const demand = ({ kind, slot }: KernelDemand): void => {
    if (kind === 'host-unwanted') return;
    const place = { at: slotAt(slot), mailByte: mailboxByteAt(slot) };
    const workerData = { buffer: memory.buffer, ...place, childMail, behaviour, words: indices };
    workers.push(new Worker(HOST, { eval: true, workerData }));
  };
  let ms = 1_000_000;
  return new Kernel({ demand, clock: { nowMs: () => (ms += 1) } });
}

test('in live mode the kernel creates, starts and ends threads that run by themselves', async () => {
  const kernel = openLive('exit');
  await kernel.attach(memory.buffer);
  expect(await kernel.load(specOf({ mode: 'live' }))).toMatchObject({ state: 'ready', records: 1 });
  expect(await kernel.run({})).toMatchObject({ state: 'finished' });
  const entries = readLog(memory);
  expect(entries.filter((entry) => entry.kind === Kind.CREATED).map((entry) => entry.tid)).toEqual([1, 2, 3]);
  const ended = entries.filter((entry) => entry.kind === Kind.TERMINATED);
  expect(ended.map((entry) => entry.a).toSorted()).toEqual([1, 2, 3]);
  expect(ended.every((entry) => entry.aux === EndCause.RETURNED && entry.tick > 0)).toBe(true);
  expect(entries.at(-1)).toMatchObject({ kind: Kind.END, aux: RunEnd.FINISHED });
  expect(Atomics.load(memory.words, Control.TIME_ORIGIN_HIGH)).not.toBe(0);
});

test('in live mode threads that all wait for each other are a deadlock, and the next load ends them', async () => {
  const kernel = openLive('park');
  await kernel.attach(memory.buffer);
  await kernel.load(specOf({ mode: 'live' }));
  const status = await kernel.run({});
  expect(status.state).toBe('deadlock');
  expect(status.message).toBe('child waits for something; child waits for something');
  expect(Atomics.load(memory.words, slotAt(1) + Slot.PARK)).toBe(Park.PARKED);
  await kernel.load(specOf({ mode: 'live' }));
  expect(Atomics.load(memory.words, slotAt(1) + Slot.LIFE)).toBe(Life.PARKED);
  expect(Atomics.load(memory.words, slotAt(1) + Slot.TURN)).toBe(Turn.KERNEL);
});

test('in live mode a pause ends everybody', async () => {
  const kernel = openLive('park');
  await kernel.attach(memory.buffer);
  await kernel.load(specOf({ mode: 'live' }));
  Atomics.store(memory.words, Control.PAUSE, 1);
  expect(await kernel.run({})).toMatchObject({ state: 'finished', message: 'stopped' });
  const ended = readLog(memory).filter((entry) => entry.kind === Kind.TERMINATED);
  expect(ended.some((entry) => entry.aux === EndCause.KILLED && entry.a === -9)).toBe(true);
  expect(Atomics.load(memory.words, LOG_AT + 7)).toBe(1);
  expect(Atomics.load(memory.words, Control.PAUSE)).toBe(0);
});
