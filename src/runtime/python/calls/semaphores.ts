import { asObjectId, NO_OBJECT, type ObjectId } from '../../../base/ids.ts';
import { objectAt } from '../../../abi/layout.ts';
import { findNamed, giveName, takeName, wasNamed } from '../../../abi/named-row.ts';
import { allocateObject } from '../../../abi/object-table.ts';
import { ObjectKind, ObjectWord } from '../../../abi/objects.ts';
import { BlockReason } from '../../../abi/record.ts';
import { peek } from '../../../abi/words.ts';
import * as lock from '../../../sync/lock.ts';
import { LockState, lockWord } from '../../../sync/lock-word.ts';
import * as semaphore from '../../../sync/semaphore.ts';
import type { Call } from '../carrier.ts';
import { Errno } from '../errno.ts';
import type { Machinery } from '../machinery.ts';
import type { TurnPort } from '../turn.ts';
import { ticksOf } from './threads.ts';

const RECURSIVE_MUTEX = 0;

/** What `multiprocessing` means by a SemLock of this kind and these values. */
function kindOf(kind: number, value: number, limit: number): ObjectKind {
  if (kind === RECURSIVE_MUTEX) return ObjectKind.RLOCK;
  if (limit === semaphore.MAX_COUNT) return ObjectKind.SEMAPHORE;
  return value === 1 && limit === 1 ? ObjectKind.LOCK : ObjectKind.BOUNDED_SEMAPHORE;
}

/** The kernel calls below `_multiprocessing`. Locks are rows of locks, so that one sees who holds them; what counts is a semaphore. */
export function semaphoreCalls({ carrier, port }: Machinery) {
  return {
    /** A new one. Its row, or an error number: EEXIST, ENOSPC. */
    sem_open(kind: number, value: number, limit: number, name: string): number {
      if (findNamed(port.memory, name) !== NO_OBJECT) return Errno.EEXIST;
      const objectKind = kindOf(kind, value, limit);
      const object = allocateObject(port.memory, objectKind, 0, port.pid);
      if (object === NO_OBJECT) return Errno.ENOSPC;
      giveName(port.memory, object, name);
      if (isLock(port, object)) {
        if (value === 0) lock.tryAcquire(port, object);
      } else {
        semaphore.initialise(port, object, value, limit);
      }
      return object;
    },
    /**
     * The row that another process has called so; `row`: which it was there. Also after the name was taken: a parent that ends unlinks
     * what its children, which are still on their way, have in their arguments. (Forked ones have it by then.)
     */
    sem_find(row: number, name: string): number {
      if (wasNamed(port.memory, asObjectId(row), name)) return row;
      return findNamed(port.memory, name) || Errno.ENOENT;
    },
    sem_unlink(name: string): number {
      const object = findNamed(port.memory, name);
      if (object === NO_OBJECT) return Errno.ENOENT;
      takeName(port.memory, object);
      return 0;
    },
    /** 1, or 0 when the time is up: so many seconds, below 0 for ever. */
    sem_wait: (row: number, seconds: number): unknown => carrier.enter(wait(port, asObjectId(row), ticksOf(seconds))),
    /** 0, or EINVAL: it has its largest value already. */
    sem_post: (row: number): unknown => carrier.enter(post(port, asObjectId(row))),
    sem_value(row: number): number {
      const object = asObjectId(row);
      if (!isLock(port, object)) return semaphore.countOf(port, object);
      return lock.isHeld(port, object) ? 0 : 1;
    },
  };
}

function isLock({ memory }: TurnPort, object: ObjectId): boolean {
  const kind = peek(memory.words, objectAt(object) + ObjectWord.KIND);
  return kind === ObjectKind.LOCK || kind === ObjectKind.RLOCK;
}

function* wait(port: TurnPort, object: ObjectId, ticks: number): Call<number> {
  const taken = isLock(port, object)
    ? lock.tryAcquire(port, object) || (ticks > 0 && (yield* waitForLock(port, object, ticks)))
    : semaphore.tryAcquire(port, object) || (ticks > 0 && (yield* waitForPlace(port, object, ticks)));
  return taken ? 1 : 0;
}

/** The waiting of `src/sync/lock.ts`. */
function* waitForLock(port: TurnPort, object: ObjectId, ticks: number): Call<boolean> {
  const deadline = port.now() + ticks;
  while (!lock.tryContended(port, object)) {
    const left = deadline - port.now();
    if (left <= 0) return false;
    yield* port.wait(lockWord(object), LockState.CONTENDED, left, object, BlockReason.LOCK);
  }
  return true;
}

/** The waiting of `src/sync/semaphore.ts`. */
function* waitForPlace(port: TurnPort, object: ObjectId, ticks: number): Call<boolean> {
  const deadline = port.now() + ticks;
  for (;;) {
    const left = deadline - port.now();
    if (left <= 0) return false;
    const word = semaphore.aboutToWait(port, object);
    try {
      yield* port.wait(word, 0, left, object, BlockReason.SEMAPHORE);
    } finally {
      semaphore.backFromWait(port, object);
    }
    if (semaphore.tryAcquire(port, object)) return true;
  }
}

function* post(port: TurnPort, object: ObjectId): Call<number> {
  if (isLock(port, object)) {
    const before = lock.isHeld(port, object) ? lock.giveBack(port, object) : LockState.FREE;
    if (before === LockState.CONTENDED) yield* port.wake(lockWord(object), 1, object);
    return before === LockState.FREE ? Errno.EINVAL : 0;
  }
  const word = semaphore.giveBack(port, object);
  if (word > 0) yield* port.wake(word, 1, object);
  return word === semaphore.AT_LIMIT ? Errno.EINVAL : 0;
}
