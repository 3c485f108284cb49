import { Control } from './control.ts';
import { slotAt } from './layout.ts';
import { HOST_HANG_MS, MAX_SLOTS } from './limits.ts';
import { Slot } from './slot.ts';
import type { Words } from './words.ts';

/**
 * Mutual exclusion for a few instructions, for what is more than one word: the state of a primitive, a table, the heap. One
 * word of it:
 *
 *   FREE → holder                       enter
 *   holder → holder + CONTENDED         who has to wait for it
 *   holder, holder + CONTENDED → FREE   leave; then one of those who wait is woken, and enters with CONTENDED
 *   a dead holder → another + CONTENDED   take over
 *
 * Not a lock that programs can see: nobody is logged as waiting for it, and nothing that waits may be called under it, so it
 * is never held for long. In stepped mode it is always found free, because a step ends only where the kernel is asked. The
 * kernel takes it too: whom it holds up runs, and looks at KILL outside.
 *
 * **A holder that dies.** A worker that is stopped for good may have been in the middle of it. So the word says who holds it, as in
 * a robust mutex of POSIX: a slot, and the how-manieth worker of the slot. Who waits looks at times whether that worker has ended
 * (the main thread says so, in WORKERS_ENDED); then it takes the guard over and first of all `mend`s what is half done. Whoever
 * guards something says in his file what that can be; without `mend`, what is guarded is whole after each of its stores. A worker
 * that was declared dead and still ran would leave alone what is no longer its own.
 *
 * No wake-up is needed for that: nobody waits longer than a slice without looking.
 */
const FREE = 0;
const CONTENDED = 1 << 30;
/** Slot + 1 below, number of the worker above. */
const SLOT_BITS = 9;
const SLOT_MASK = (1 << SLOT_BITS) - 1;
const NUMBER_MASK = (1 << (30 - SLOT_BITS)) - 1;
const SLICE_MS = 50;

/** The kernel's mark, and that of tests: an agent without a slot. */
const NO_SLOT = MAX_SLOTS;

/** Who enters here: every agent has this module for itself. */
let self = NO_SLOT + 1;
let own = NO_SLOT;
/** The kernel gives up a host that holds a guard for too long. Hosts do nothing. */
let giveUp: (slot: number) => void = () => undefined;

/** From now on this agent is so many-th worker of the slot. */
export function enterAsHost(slot: number, worker: number): void {
  own = slot;
  self = ((worker & NUMBER_MASK) << SLOT_BITS) | (slot + 1);
}

/** From now on this agent is the kernel, which stops the worker of a slot if it waits too long for what that holds. */
export function enterAsKernel(stop: (slot: number) => void): void {
  own = NO_SLOT;
  self = NO_SLOT + 1;
  giveUp = stop;
}

/** Precondition: the caller does not hold it. Whoever enters leaves, in a `finally` if what lies between can throw. */
export function enterGuard(words: Words, word: number, mend?: () => void): void {
  if (Atomics.compareExchange(words, word, FREE, self) === FREE) return;
  // Who waits for a guard does not hang, however long it takes (kernel/hang-watch.ts).
  if (own !== NO_SLOT) Atomics.store(words, slotAt(own) + Slot.GUARD_WAITED, word);
  if (waitFor(words, word)) mend?.();
  if (own !== NO_SLOT) Atomics.store(words, slotAt(own) + Slot.GUARD_WAITED, 0);
}

/** Enters; true = from a dead holder. */
function waitFor(words: Words, word: number): boolean {
  let waitedMs = 0;
  let holder = FREE;
  for (;;) {
    const found = Atomics.load(words, word);
    if ((found & ~CONTENDED) !== holder) waitedMs = 0;
    holder = found & ~CONTENDED;
    if (found === FREE) {
      if (Atomics.compareExchange(words, word, FREE, self | CONTENDED) === FREE) return false;
    } else if (isDead(words, found)) {
      if (Atomics.compareExchange(words, word, found, self | CONTENDED) === found) return true;
    } else {
      const contended = found | CONTENDED;
      const marked = found === contended || Atomics.compareExchange(words, word, found, contended) === found;
      if (!marked || Atomics.wait(words, word, contended, SLICE_MS) !== 'timed-out') continue;
      // Who waits for room in the log under it is not to blame.
      if (Atomics.load(words, Control.LOG_WAITERS) === 0) waitedMs += SLICE_MS;
      if (waitedMs === HOST_HANG_MS) giveUp(slotOf(found));
    }
  }
}

function slotOf(holder: number): number {
  return (holder & SLOT_MASK) - 1;
}

function isDead(words: Words, holder: number): boolean {
  const slot = slotOf(holder);
  if (slot === NO_SLOT) return false;
  const worker = (holder & ~CONTENDED) >>> SLOT_BITS;
  return worker < Atomics.load(words, slotAt(slot) + Slot.WORKERS_ENDED);
}

export function leaveGuard(words: Words, word: number): void {
  if (Atomics.compareExchange(words, word, self, FREE) === self) return;
  if (Atomics.compareExchange(words, word, self | CONTENDED, FREE) === (self | CONTENDED))
    Atomics.notify(words, word, 1);
}

/** Does `action` while nobody else does anything under the same word, and returns what it returns. */
export function guarded<T>(words: Words, word: number, action: () => T, mend?: () => void): T {
  enterGuard(words, word, mend);
  try {
    return action();
  } finally {
    leaveGuard(words, word);
  }
}
