import { addAtomically, load as read, store } from '../../src/sync/value.ts';
import { acquire, release } from '../../src/sync/lock.ts';
import { FOREVER } from '../../src/sync/port.ts';
import { current } from '../../src/runtime/typescript/current.ts';
import { Handle } from '../../src/runtime/typescript/handle.ts';
import { Lock, Process, Value } from '../../src/runtime/typescript/procession.ts';
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

/** What the processes of a run share. */
interface Shared {
  readonly word: Value;
  readonly lock: Lock;
  /** How many have begun. */
  readonly begun: Value;
  /** 1 = the time is up, for one of them and so for all. */
  readonly over: Value;
}

/**
 * Counts only while all of them are at it: who is first, or last, and has the lock to itself does it a hundred times as often.
 * Precondition: `done` is the process's own.
 */
function work(what: Contention, ms: number, workers: number, { word, lock, begun, over }: Shared, done: Value): void {
  const { port } = current();
  const action = what === 'add' ? adding(word) : locking(lock);
  const [begunRow, overRow] = [Handle.objectOf(begun), Handle.objectOf(over)];
  action();
  addAtomically(port, begunRow, 1);
  while (read(port, begunRow, 'i') < workers) action();
  const end = performance.now() + ms;
  let count = 0;
  while (read(port, overRow, 'i') === 0) {
    for (let n = 0; n < BATCH; n += 1) action();
    count += BATCH;
    if (performance.now() >= end) store(port, overRow, 'i', 1);
  }
  store(port, Handle.objectOf(done), 'i', count);
}

/** The counts are the last variables that the run makes. */
function main({ what, ms, workers }: { what: Contention; ms: number; workers: number }): void {
  const shared: Shared = {
    word: variable(),
    lock: new Lock({ fair: what === 'fair' }),
    begun: variable(),
    over: variable(),
  };
  const counts = Array.from({ length: workers }, variable);
  for (const done of counts) new Process({ target: work, args: [what, ms, workers, shared, done] }).start();
}

/** By hand, without checkpoints: they are no part of a lock. */
export const CONTEND: ProgramModule = {
  file: 'contend.ts',
  ranges: [],
  library: {},
  instantiate: () => ({ main, work }),
};
