import { addAtomically, store } from '../../src/sync/value.ts';
import { acquire, release } from '../../src/sync/lock.ts';
import { FOREVER } from '../../src/sync/port.ts';
import { current } from '../../src/runtime/typescript/current.ts';
import { Handle } from '../../src/runtime/typescript/handle.ts';
import { Barrier, Lock, Process, Value } from '../../src/runtime/typescript/procession.ts';
import type { ProgramModule } from '../../src/runtime/typescript/program.ts';

/** What all do at once, over and over. */
export type Contention = 'add' | 'lock' | 'fair';

/** Between two looks at the clock. */
const BATCH = 50;

const variable = (): Value => new Value('i', 0, { lock: false });

/** `Atomics.add` on one word. */
function adding(shared: Value): () => void {
  const { port } = current();
  const object = Handle.objectOf(shared);
  return () => void addAtomically(port, object, 1);
}

/** acquire and release of sync/lock.ts on one lock. */
function locking(lock: Lock): () => void {
  const { port } = current();
  const object = Handle.objectOf(lock);
  return () => {
    acquire(port, object, FOREVER);
    release(port, object);
  };
}

/** All begin together, and each says how often it has done it. */
function work(what: Contention, ms: number, shared: Value, lock: Lock, start: Barrier, done: Value): void {
  const action = what === 'add' ? adding(shared) : locking(lock);
  start.wait();
  const end = performance.now() + ms;
  let count = 0;
  for (; performance.now() < end; count += BATCH) for (let n = 0; n < BATCH; n += 1) action();
  store(current().port, Handle.objectOf(done), 'i', count);
}

/** The counts are the last variables that the run makes. */
function main({ what, ms, workers }: { what: Contention; ms: number; workers: number }): void {
  const shared = variable();
  const lock = new Lock({ fair: what === 'fair' });
  const start = new Barrier(workers);
  const counts = Array.from({ length: workers }, variable);
  for (const done of counts) new Process({ target: work, args: [what, ms, shared, lock, start, done] }).start();
}

/** By hand, without checkpoints: they are no part of a lock. */
export const CONTEND: ProgramModule = {
  file: 'contend.ts',
  ranges: [],
  instantiate: () => ({ main, work }),
};
