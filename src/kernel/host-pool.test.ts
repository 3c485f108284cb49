import { beforeEach, expect, test } from 'vitest';
import { createMemory, slotAt } from '../abi/layout.ts';
import type { KernelDemand } from '../abi/remote.ts';
import { Life, Slot, SpawnError, ThreadKind, Turn } from '../abi/slot.ts';
import { asObjectId, asPid, asTid } from '../base/ids.ts';
import { HostPool } from './host-pool.ts';
import type { Handover } from './relay.ts';
import { Thread } from './thread.ts';

const memory = createMemory();
const { words } = memory;

const setLife = (slot: number, life: Life): void => void Atomics.store(words, slotAt(slot) + Slot.LIFE, life);
const lifeOf = (slot: number): number => Atomics.load(words, slotAt(slot) + Slot.LIFE);

let demands: KernelDemand[] = [];
let answer: (slot: number) => Handover = () => 'request';
let onDemand: (demand: KernelDemand) => void = () => {};

function openPool(limit: number): HostPool {
  const demand = (wanted: KernelDemand): void => {
    demands.push(wanted);
    onDemand(wanted);
  };
  const pool = new HostPool(memory, { handOver: (slot) => answer(slot) }, demand);
  pool.limit = limit;
  return pool;
}

function threadIn(slot: number): Thread {
  return new Thread({
    tid: asTid(1),
    pid: asPid(1),
    name: 'test',
    kind: ThreadKind.PROCESS,
    slot,
    object: asObjectId(1),
    parent: asTid(0),
    parentPid: asPid(0),
    daemon: false,
    priority: 0,
    burst: 0,
  });
}

beforeEach(() => {
  words.fill(0, 0, slotAt(16));
  demands = [];
  answer = () => 'request';
  onDemand = ({ kind, slot }) => kind === 'host-wanted' && setLife(slot, Life.PARKED);
});

test('parked hosts are taken in order of slot, before a worker is asked for', () => {
  const pool = openPool(4);
  setLife(2, Life.PARKED);
  setLife(3, Life.PARKED);
  expect(pool.acquire()).toBe(2);
  pool.bind(2, threadIn(2), 0);
  expect(lifeOf(2)).toBe(Life.BUSY);
  expect(pool.acquire()).toBe(3);
  pool.bind(3, threadIn(3), 0);
  expect(demands).toEqual([]);
  expect(pool.acquire()).toBe(0);
  expect(demands).toEqual([{ kind: 'host-wanted', slot: 0 }]);
});

test('a host that has parked belongs to its thread until its last request was read', () => {
  const pool = openPool(1);
  setLife(0, Life.PARKED);
  pool.bind(pool.acquire(), threadIn(0), 0);
  setLife(0, Life.PARKED);
  expect(pool.acquire()).toBe(SpawnError.NO_HOST);
  pool.release(0);
  expect(pool.acquire()).toBe(0);
});

test('a host that has not given its turn back is not parked yet', () => {
  const pool = openPool(2);
  setLife(0, Life.PARKED);
  setLife(1, Life.PARKED);
  Atomics.store(words, slotAt(0) + Slot.TURN, Turn.HOST);
  expect(pool.acquire()).toBe(1);
});

test('a worker that does not start is a refusal, and its slot is tried again later', () => {
  const pool = openPool(1);
  onDemand = ({ slot }) => setLife(slot, Life.DEAD);
  expect(pool.acquire()).toBe(SpawnError.NOT_STARTED);
  onDemand = ({ slot }) => setLife(slot, Life.PARKED);
  expect(pool.acquire()).toBe(0);
});

test('a host that hangs is discarded, and its slot comes back only with a new worker', () => {
  const pool = openPool(2);
  setLife(0, Life.PARKED);
  setLife(1, Life.PARKED);
  pool.bind(0, threadIn(0), 0);
  Atomics.store(words, slotAt(0) + Slot.TURN, Turn.HOST);
  answer = () => 'hung';
  pool.unwind(0, 10);
  expect(lifeOf(0)).toBe(Life.DEAD);
  expect(Atomics.load(words, slotAt(0) + Slot.TURN)).toBe(Turn.KERNEL);
  expect(Atomics.load(words, slotAt(0) + Slot.KILL)).toBe(1);
  expect(pool.acquire()).toBe(1);
  pool.bind(1, threadIn(1), 0);
  expect(pool.acquire()).toBe(0);
  expect(demands).toEqual([
    { kind: 'host-unwanted', slot: 0 },
    { kind: 'host-wanted', slot: 0 },
  ]);
});

test('a host that is given up is told to stop before its slot is anything else', () => {
  const pool = openPool(1);
  setLife(0, Life.BUSY);
  const told: number[] = [];
  onDemand = ({ slot }) => told.push(Atomics.load(words, slotAt(slot) + Slot.KILL));
  pool.discard(0);
  expect(told).toEqual([1]);
});

test('a host that asks for more instead of unwinding is told again, but not for ever', () => {
  const pool = openPool(2);
  let grants = 0;
  setLife(0, Life.BUSY);
  answer = (slot) => {
    grants += 1;
    if (grants === 3) setLife(slot, Life.PARKED);
    return 'request';
  };
  pool.unwindAll(10);
  expect([grants, lifeOf(0)]).toEqual([3, Life.PARKED]);
  setLife(1, Life.BUSY);
  answer = () => 'request';
  pool.unwindAll(10);
  expect(lifeOf(1)).toBe(Life.DEAD);
});

test('a worker that was given up in the midst of something is waited for until it has certainly ended, one at rest is not', () => {
  const pool = openPool(4);
  pool.bind(1, threadIn(1), 0);
  pool.bind(2, threadIn(2), 0);
  setLife(2, Life.PARKED);
  pool.discard(2);
  expect(pool.awaitsEnds).toBe(false);
  pool.discard(1);
  expect(pool.awaitsEnds).toBe(true);
  Atomics.store(words, slotAt(1) + Slot.WORKERS_ENDED, 1);
  expect(pool.awaitsEnds).toBe(false);
});
