import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { Control } from '../abi/control.ts';
import { createMemory, slotAt } from '../abi/layout.ts';
import { Life, Request, Slot, Turn } from '../abi/slot.ts';
import { TurnRelay } from './relay.ts';

const memory = createMemory();
const { words } = memory;
const relay = new TurnRelay(memory);
const turn = slotAt(3) + Slot.TURN;
const life = slotAt(3) + Slot.LIFE;

afterEach(() => words.fill(0, 0, slotAt(4)));

/** Another thread that answers every grant with a YIELD, and counts them in LINE. */
const ECHO = `
const { workerData: { buffer, turn, request, line, yielded } } = require('node:worker_threads');
const words = new Int32Array(buffer);
for (;;) {
  Atomics.wait(words, turn, ${Turn.KERNEL});
  words[request] = yielded;
  words[line] += 1;
  Atomics.store(words, turn, ${Turn.KERNEL});
  Atomics.notify(words, turn);
}`;

describe('the turn', () => {
  test('comes back with every request of another thread', async () => {
    const request = slotAt(3) + Slot.REQUEST;
    const line = slotAt(3) + Slot.LINE;
    const workerData = { buffer: memory.buffer, turn, request, line, yielded: Request.YIELD };
    const worker = new Worker(ECHO, { eval: true, workerData });
    for (let grant = 1; grant <= 100; grant += 1) {
      expect(relay.handOver(3, 5000)).toBe('request');
      expect([words[request], words[line]]).toEqual([Request.YIELD, grant]);
    }
    await worker.terminate();
  });

  test('reaches the host also when a worker that was told to stop sleeps there, too', async () => {
    const request = slotAt(3) + Slot.REQUEST;
    const line = slotAt(3) + Slot.LINE;
    const asleep = `
      const { parentPort, workerData: { buffer, turn } } = require('node:worker_threads');
      parentPort.postMessage('about to sleep');
      Atomics.wait(new Int32Array(buffer), turn, ${Turn.KERNEL});`;
    const stopped = new Worker(asleep, { eval: true, workerData: { buffer: memory.buffer, turn } });
    await once(stopped, 'message');
    // In the order in which they came they are woken.
    await setTimeout(50);
    const workerData = { buffer: memory.buffer, turn, request, line, yielded: Request.YIELD };
    const worker = new Worker(ECHO, { eval: true, workerData });
    await once(worker, 'online');
    await setTimeout(50);
    expect(relay.handOver(3, 1000)).toBe('request');
    await Promise.all([worker.terminate(), stopped.terminate()]);
  });

  test('that nobody gives back is a hang', () => {
    expect(relay.handOver(3, 10)).toBe('hung');
  });

  test('is not handed to a worker that has died', () => {
    Atomics.store(words, life, Life.DEAD);
    expect(relay.handOver(3, 5000)).toBe('died');
    expect(Atomics.load(words, turn)).toBe(Turn.KERNEL);
  });

  test('of a thread is not handed to a carrier that has died, nor taken from one that dies meanwhile', async () => {
    const carrier = slotAt(2) + Slot.LIFE;
    Atomics.store(words, slotAt(3) + Slot.CARRIER, 3);
    Atomics.store(words, life, Life.CARRIED);
    Atomics.store(words, carrier, Life.DEAD);
    expect(relay.handOver(3, 5000)).toBe('died');
    Atomics.store(words, carrier, Life.BUSY);
    // As the main thread does when it sees the worker's end.
    const burial = `
      const { workerData: { buffer, turn, carrier } } = require('node:worker_threads');
      const words = new Int32Array(buffer);
      Atomics.wait(words, turn, ${Turn.KERNEL});
      Atomics.store(words, carrier, ${Life.DEAD});
      Atomics.store(words, turn, ${Turn.KERNEL});
      Atomics.notify(words, turn);`;
    const worker = new Worker(burial, { eval: true, workerData: { buffer: memory.buffer, turn, carrier } });
    expect(relay.handOver(3, 5000)).toBe('died');
    await worker.terminate();
  });

  test('of a host that waits for room in the log is no hang', async () => {
    const rescuer = `
      const { workerData: { buffer, turn, waiters } } = require('node:worker_threads');
      const words = new Int32Array(buffer);
      Atomics.wait(words, turn, ${Turn.KERNEL});
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
      Atomics.store(words, waiters, 0);
      Atomics.store(words, turn, ${Turn.KERNEL});
      Atomics.notify(words, turn);`;
    Atomics.store(words, Control.LOG_WAITERS, 1);
    const workerData = { buffer: memory.buffer, turn, waiters: Control.LOG_WAITERS };
    const worker = new Worker(rescuer, { eval: true, workerData });
    expect(relay.handOver(3, 5)).toBe('request');
    await worker.terminate();
  });
});
