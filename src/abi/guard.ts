import type { Words } from './words.ts';

/**
 * Mutual exclusion for a few instructions, for what is more than one word: the state of a primitive, a table, the heap. One
 * word of it:
 *
 *   FREE → HELD, HELD or CONTENDED → CONTENDED → FREE    as in sync/lock.ts
 *
 * Not a lock that programs can see: nobody is logged as waiting for it, and nothing that waits may be called under it, so it
 * is never held for long. In stepped mode it is always found free, because a step ends only where the kernel is asked. The
 * kernel takes it too: whom it holds up runs, and a host is never stopped under it, because it looks at KILL outside.
 */
const FREE = 0;
const HELD = 1;
const CONTENDED = 2;

/** Precondition: the caller does not hold it. Whoever enters leaves, in a `finally` if what lies between can throw. */
export function enterGuard(words: Words, word: number): void {
  if (Atomics.compareExchange(words, word, FREE, HELD) === FREE) return;
  while (Atomics.exchange(words, word, CONTENDED) !== FREE) Atomics.wait(words, word, CONTENDED);
}

export function leaveGuard(words: Words, word: number): void {
  if (Atomics.exchange(words, word, FREE) === CONTENDED) Atomics.notify(words, word, 1);
}

/** Does `action` while nobody else does anything under the same word, and returns what it returns. */
export function guarded<T>(words: Words, word: number, action: () => T): T {
  enterGuard(words, word);
  try {
    return action();
  } finally {
    leaveGuard(words, word);
  }
}
