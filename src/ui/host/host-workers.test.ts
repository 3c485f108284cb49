import { expect, test } from 'vitest';
import { createMemory, slotAt } from '../../abi/layout.ts';
import { Life, Slot } from '../../abi/slot.ts';
import { HostWorkers, WARM_HOSTS } from './host-workers.ts';

/** One of which nothing is heard. */
class SilentWorker extends EventTarget {
  postMessage(): void {}
  terminate(): void {}
}

test('a host that was given up before the main thread came to start it is not waited for again', () => {
  const memory = createMemory();
  const lifeOf = (slot: number): number => Atomics.load(memory.words, slotAt(slot) + Slot.LIFE);
  const host = (): Worker => new SilentWorker() as never;
  const workers = new HostWorkers(memory, { host });
  const slot = WARM_HOSTS + 1;
  // The kernel has waited for it in vain.
  Atomics.store(memory.words, slotAt(slot) + Slot.LIFE, Life.DEAD);
  workers.meet({ kind: 'host-wanted', slot });
  expect(lifeOf(slot)).toBe(Life.STARTING);
  workers.meet({ kind: 'host-unwanted', slot });
  expect(lifeOf(slot)).toBe(Life.DEAD);
  expect(workers.count).toBe(WARM_HOSTS);
  workers.dispose();
});
