import { expose } from 'comlink';
import { RingBuffer } from 'ringbuf.js';
import type { RawRemote } from './raw-remote.ts';

/** Name and number of a message are about so long. */
const REST = 16;

const now = (): number => performance.timeOrigin + performance.now();

/** Moves `count` pieces, busily: a ring buffer of this kind knows no waiting. */
function move(step: (left: number) => number, bytes: number): void {
  for (let left = bytes; left > 0;) left -= step(left);
}

const remote: RawRemote = {
  post(port, size, count) {
    const text = 'x'.repeat(size - REST);
    const begin = now();
    for (let id = 0; id < count; id += 1) port.postMessage({ id, text });
    return begin;
  },
  arrivals(port, count) {
    let come = 0;
    return new Promise((resolve) => {
      port.addEventListener('message', () => {
        come += 1;
        if (come === count) resolve(now());
      });
      port.start();
    });
  },
  push(memory, size, count) {
    const ring = new RingBuffer(memory, Uint8Array);
    const bytes = new Uint8Array(size);
    const begin = now();
    for (let n = 0; n < count; n += 1) move((left) => ring.push(bytes, left, size - left), size);
    return begin;
  },
  pop(memory, size, count) {
    const ring = new RingBuffer(memory, Uint8Array);
    const bytes = new Uint8Array(size);
    for (let n = 0; n < count; n += 1) move((left) => ring.pop(bytes, left, size - left), size);
    return now();
  },
};

expose(remote);
