/**
 * Mutual exclusion for a few instructions, for primitives whose state is more than one word. One word of their row:
 *
 *   FREE → HELD, HELD or CONTENDED → CONTENDED → FREE    as in lock.ts
 *
 * Not a lock that programs can see: nobody is logged as waiting for it, and nothing that waits may be called under it, so it
 * is never held for long. In stepped mode it is always found free, because a step ends only where the kernel is asked.
 */
const FREE = 0;
const HELD = 1;
const CONTENDED = 2;

/** Does `action` while nobody else does anything under the same word, and returns what it returns. */
export function guarded<T>(words: Int32Array<SharedArrayBuffer>, word: number, action: () => T): T {
  if (Atomics.compareExchange(words, word, FREE, HELD) !== FREE) {
    while (Atomics.exchange(words, word, CONTENDED) !== FREE) Atomics.wait(words, word, CONTENDED);
  }
  try {
    return action();
  } finally {
    if (Atomics.exchange(words, word, FREE) === CONTENDED) Atomics.notify(words, word, 1);
  }
}
