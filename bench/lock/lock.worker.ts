import { expose } from 'comlink';
import { asPid, type ObjectId } from '../../src/base/ids.ts';
import { Control } from '../../src/abi/control.ts';
import { createMemory, type Memory } from '../../src/abi/layout.ts';
import { allocateObject, stateWordOf } from '../../src/abi/object-table.ts';
import { ObjectKind } from '../../src/abi/objects.ts';
import { Operation, Outcome } from '../../src/abi/record.ts';
import { acquire, release } from '../../src/sync/lock.ts';
import { FOREVER } from '../../src/sync/port.ts';
import { HostSlot } from '../../src/runtime/host-slot.ts';
import { LivePort } from '../../src/runtime/live-port.ts';
import { SteppedPort } from '../../src/runtime/stepped-port.ts';
import { logDone } from '../../src/runtime/typescript/operation.ts';
import type { LockRemote } from './lock-remote.ts';

/** Pairs between two emptyings of the log: two records each must find room. */
const PAIRS_A_LOG = 200_000;

class LockSides implements LockRemote {
  readonly #memory: Memory = createMemory();
  readonly #stepped: SteppedPort;
  readonly #live: LivePort;
  readonly #lock: ObjectId;
  readonly #word: number;

  constructor() {
    const slot = new HostSlot(this.#memory, 0, 0);
    this.#stepped = new SteppedPort(slot);
    this.#live = new LivePort(slot);
    this.#lock = allocateObject(this.#memory, ObjectKind.LOCK, 0, asPid(1));
    this.#word = stateWordOf(allocateObject(this.#memory, ObjectKind.VALUE, 0, asPid(1)));
  }

  atomicsAdd(count: number): number {
    const { words } = this.#memory;
    const word = this.#word;
    const begin = performance.now();
    for (let i = 0; i < count; i += 1) Atomics.add(words, word, 1);
    return perSecond(count, begin);
  }

  bare(count: number): number {
    const port = this.#stepped;
    const lock = this.#lock;
    const begin = performance.now();
    for (let i = 0; i < count; i += 1) {
      acquire(port, lock, FOREVER);
      release(port, lock);
    }
    return perSecond(count, begin);
  }

  logged(count: number): number {
    return this.#inBatches(count, (pairs) => {
      const port = this.#stepped;
      const lock = this.#lock;
      for (let i = 0; i < pairs; i += 1) {
        acquire(port, lock, FOREVER);
        logDone(port, Operation.ACQUIRE, lock, Outcome.OK);
        release(port, lock);
        logDone(port, Operation.RELEASE, lock, Outcome.OK);
      }
    });
  }

  live(count: number): number {
    return this.#inBatches(count, (pairs) => {
      const port = this.#live;
      const lock = this.#lock;
      for (let i = 0; i < pairs; i += 1) {
        port.step();
        acquire(port, lock, FOREVER);
        logDone(port, Operation.ACQUIRE, lock, Outcome.OK);
        port.step();
        release(port, lock);
        logDone(port, Operation.RELEASE, lock, Outcome.OK);
      }
    });
  }

  async navigatorLocks(count: number): Promise<number> {
    const begin = performance.now();
    for (let i = 0; i < count; i += 1) await navigator.locks.request('procession-bench', () => {});
    return perSecond(count, begin);
  }

  /** Emptying the log is the reader's work on another thread, so it is not measured. */
  #inBatches(count: number, batch: (pairs: number) => void): number {
    const { words } = this.#memory;
    let ms = 0;
    for (let left = count; left > 0; left -= PAIRS_A_LOG) {
      Atomics.store(words, Control.LOG_TAKEN, Atomics.load(words, Control.LOG_HEAD));
      const begin = performance.now();
      batch(Math.min(left, PAIRS_A_LOG));
      ms += performance.now() - begin;
    }
    return (count * 1000) / ms;
  }
}

function perSecond(count: number, begin: number): number {
  return (count * 1000) / (performance.now() - begin);
}

expose(new LockSides());
