import { Worker } from 'node:worker_threads';
import { afterEach, expect, test, vi } from 'vitest';
import { Control } from '../abi/control.ts';
import { createMemory, LOG_AT, mailboxByteAt, objectAt, slotAt } from '../abi/layout.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { ObjectKind, ObjectWord } from '../abi/objects.ts';
import { EndCause, InputKind, Kind, ReadyCause, RunEnd } from '../abi/record.ts';
import type { KernelDemand } from '../abi/remote.ts';
import { Life, Park, Request, Slot, ThreadKind, Turn } from '../abi/slot.ts';
import { packSpawnMail } from '../abi/spawn-mail.ts';
import { asObjectId } from '../base/ids.ts';
import { Kernel } from './kernel.ts';
import { readLog, specOf } from './lab.fixture.ts';

// Real workers start in their own time.
vi.setConfig({ testTimeout: 30_000 });

/**
 * Real threads with the smallest host there is: it does what `behaviour` says. The main process asks for two children and
 * ends; a child ends with its tid as exit code, or parks for ever. `hang`: the first child never looks at anything, the
 * second sleeps, and the main process works, until the first is given up. `wait`: the main process works until the word at
 * the end of a row is rung; `full`: it fills the log. `hangTogether`: the two are threads of the main process and never look.
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
  while ((Atomics.load(words, at + W.KILL) & 1) === 0) {
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
  if ((Atomics.load(words, at + W.KILL) & 1) !== 0) { park(); continue; }
  if (tid === 1) {
    for (let child = 0; child < 2; child += 1) {
      bytes.set(childMail, mailByte);
      words[at + W.MAIL_BYTES] = childMail.length;
      ask(W.SPAWN, 0, 0, behaviour === 'hangTogether' ? W.THREAD : 0, 0, 0);
      waitForTurn();
    }
  }
  const work = (goesOn) => { while (goesOn()) if ((Atomics.load(words, at + W.KILL) & 1) !== 0) return; else Atomics.and(words, at + W.KILL, ~2); };
  const firstChild = W.SLOTS + 32 + W.LIFE;
  const isGivenUp = () => Atomics.load(words, firstChild) === W.DEAD;
  if (behaviour === 'hang' && tid === 2) for (;;) Math.hypot(1, 2);
  if (behaviour === 'hang' && tid === 3) {
    Atomics.store(words, at + W.PARK, 0);
    while (!isGivenUp()) Atomics.wait(words, at + W.PARK, 0, 10);
    Atomics.store(words, at + W.PARK, 1);
  }
  if (behaviour === 'hang' && tid === 1) work(() => !isGivenUp());
  if (behaviour === 'hangTogether') tid === 1 ? work(() => true) : (() => { for (;;) Math.hypot(1, 2); })();
  if (behaviour === 'work' && tid === 1) work(() => Atomics.load(words, W.BELL) === 0);
  if (behaviour === 'deaf' && tid === 2) for (;;) Math.hypot(1, 2);
  if (behaviour === 'full' && tid === 1) { Atomics.store(words, W.LOG_HEAD, 1000000); work(() => true); }
  if (Atomics.load(words, at + W.KILL) & 1) { park(); continue; }
  if (behaviour === 'park' && tid !== 1) parkForever();
  else exit(tid);
}`;

const workers: Worker[] = [];
const memory = createMemory();

afterEach(async () => {
  demands.length = 0;
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
  memory.words.fill(0, 0, slotAt(8));
});

/** Row of a pool that tests put there. */
const POOL = asObjectId(1000);
const BELL = stateWordOf(POOL, 1);

/** All that the kernel has asked of the main thread. */
const demands: KernelDemand[] = [];

type Behaviour = 'hangTogether' | 'exit' | 'park' | 'hang' | 'work' | 'deaf' | 'full';

/** `tickMs`: how far the clock goes with every look at it. */
function openLive(behaviour: Behaviour, tickMs = 1): Kernel {
  const childMail = packSpawnMail({ program: 'test', target: 'child', name: 'child' }, new Uint8Array());
  const indices = {
    ...Slot,
    DOORBELL: Control.DOORBELL,
    LOG_HEAD: Control.LOG_HEAD,
    SLOTS: slotAt(0),
    BELL,
    PARKED: Life.PARKED,
    DEAD: Life.DEAD,
    SPAWN: Request.SPAWN,
    THREAD: ThreadKind.THREAD,
    EXIT: Request.EXIT,
  };
  const demand = (demanded: KernelDemand): void => {
    demands.push(demanded);
    const { kind, slot } = demanded;
    if (kind === 'host-unwanted') return;
    const place = { at: slotAt(slot), mailByte: mailboxByteAt(slot) };
    const workerData = { buffer: memory.buffer, ...place, childMail, behaviour, words: indices };
    workers.push(new Worker(HOST, { eval: true, workerData }));
  };
  let ms = 1_000_000;
  return new Kernel({ demand, clock: { nowMs: () => (ms += tickMs) } });
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

test('in live mode a created thread is Ready from its start on, which is its parent’s doing', async () => {
  const kernel = openLive('exit');
  await kernel.attach(memory.buffer);
  await kernel.load(specOf({ mode: 'live' }));
  await kernel.run({});
  const ready = readLog(memory).filter((entry) => entry.kind === Kind.READY);
  expect(ready.map(({ tid, aux, a }) => [tid, aux, a])).toEqual([
    [1, ReadyCause.CREATED, 0],
    [2, ReadyCause.CREATED, 1],
    [3, ReadyCause.CREATED, 1],
  ]);
});

test('in live mode a host that comes to no checkpoint any more loses its thread; who sleeps or works does not', async () => {
  const kernel = openLive('hang', 100);
  await kernel.attach(memory.buffer);
  await kernel.load(specOf({ mode: 'live' }));
  expect(await kernel.run({})).toMatchObject({ state: 'finished' });
  const ended = readLog(memory).filter((entry) => entry.kind === Kind.TERMINATED);
  expect(ended.map(({ tid, aux }) => [tid, aux]).toSorted()).toEqual([
    [1, EndCause.RETURNED],
    [2, EndCause.HUNG],
    [3, EndCause.RETURNED],
  ]);
});

test('in live mode two threads of a process that hang together end with it, each once', async () => {
  const kernel = openLive('hangTogether', 20);
  await kernel.attach(memory.buffer);
  await kernel.load(specOf({ mode: 'live' }));
  expect(await kernel.run({})).toMatchObject({ state: 'finished' });
  expect(demands.filter(({ kind }) => kind === 'host-unwanted').map(({ slot }) => slot)).toEqual([1, 2]);
  const ended = readLog(memory).filter((entry) => entry.kind === Kind.TERMINATED);
  expect(ended.map(({ tid, aux }) => [tid, aux]).toSorted()).toEqual([
    [1, EndCause.HUNG],
    [2, EndCause.HUNG],
    [3, EndCause.DAEMON],
  ]);
});

test('in live mode an input that came when the last run was over is none of the next', async () => {
  const kernel = openLive('exit');
  await kernel.attach(memory.buffer);
  Atomics.store(memory.words, Control.INPUT_VALUE, 1);
  Atomics.store(memory.words, Control.INPUT, InputKind.KILL);
  await kernel.load(specOf({ mode: 'live' }));
  await kernel.run({});
  const entries = readLog(memory);
  expect(entries.filter(({ kind }) => kind === Kind.INPUT)).toEqual([]);
  expect(entries.find(({ kind, tid }) => kind === Kind.TERMINATED && tid === 1)).toMatchObject({
    aux: EndCause.RETURNED,
  });
});

test('in live mode a host that does not listen keeps nobody from stopping the run', async () => {
  const kernel = openLive('deaf', 10);
  await kernel.attach(memory.buffer);
  await kernel.load(specOf({ mode: 'live' }));
  const main = new Worker(
    `const { workerData: { words, pause, log } } = require('node:worker_threads');
     while (Atomics.load(words, log) < 8) Atomics.wait(words, log + 1, -1, 5);
     Atomics.store(words, pause, 1);`,
    { eval: true, workerData: { words: memory.words, pause: Control.PAUSE, log: Control.LOG_HEAD } },
  );
  workers.push(main);
  const begin = Date.now();
  expect(await kernel.run({})).toMatchObject({ state: 'finished', message: 'stopped' });
  expect(Date.now() - begin).toBeLessThan(4_000);
  expect(Atomics.load(memory.words, slotAt(1) + Slot.LIFE)).toBe(Life.DEAD);
});

test('in live mode a pool gets its new size while the run goes on', async () => {
  const kernel = openLive('work');
  await kernel.attach(memory.buffer);
  await kernel.load(specOf({ mode: 'live' }));
  await expect(kernel.resizePool(3)).rejects.toThrow('the run has not begun');
  memory.words[objectAt(POOL) + ObjectWord.KIND] = ObjectKind.POOL;
  Atomics.store(memory.words, Control.OBJECT_HEAD, POOL);
  Atomics.store(memory.words, Control.INPUT_VALUE, 7);
  Atomics.store(memory.words, Control.INPUT, InputKind.POOL);
  await kernel.run({});
  expect(readLog(memory).find(({ kind }) => kind === Kind.INPUT)).toMatchObject({ aux: InputKind.POOL, a: 7 });
  expect([stateWordOf(POOL), BELL].map((word) => Atomics.load(memory.words, word))).toEqual([7, 1]);
  await expect(kernel.resizePool(3)).rejects.toThrow('the run is over');
});

test('in live mode the limit of records ends the run, and says so', async () => {
  const kernel = openLive('full');
  await kernel.attach(memory.buffer);
  await kernel.load(specOf({ mode: 'live' }));
  expect(await kernel.run({})).toMatchObject({ state: 'limit', message: '1000000 records' });
  expect(await kernel.run({})).toMatchObject({ state: 'limit' });
});
