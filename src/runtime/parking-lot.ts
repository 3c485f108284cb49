import type { ObjectId } from '../base/ids.ts';
import { leaveGuard } from '../abi/guard.ts';
import { slotAt, type Memory } from '../abi/layout.ts';
import { Park, Slot, WaitResult } from '../abi/slot.ts';
import {
  append,
  bucketOf,
  enterBucket,
  firstIn,
  guardOf,
  nextOf,
  remove,
  unlink,
  type Bucket,
} from '../abi/wait-bucket.ts';
import { peek, poke } from '../abi/words.ts';

/**
 * Where threads wait in live mode: futexes of our own, because `Atomics.notify` does not say whom it wakes, and the waker
 * has to log it. (The idea is WebKit's ParkingLot, F. Pizlo, "Locking in WebKit", 2016.)
 *
 * Who waits for what is in the lists of abi/wait-bucket.ts. Each thread sleeps on its own slot's PARK:
 *   PARKED             the waiter, before it is in the list
 *   CHOSEN             a waker, after it took it out of the list
 *   NUDGED             the kernel (abi/parking.ts); the thread is still in the list, and looks again
 *
 * No wake-up is lost: the waiter compares the word while it holds the bucket's guard, and a waker changes the word before it
 * enters that. So either the waiter sees the change and does not sleep, or the waker finds it in the list.
 * All words here are zero when a run begins: every thread takes itself out before its program is unwound, and the kernel
 * zeroes what those have left whose worker was stopped.
 */
/** Called with the bucket's guard held, so that the records of one thread come in the order of its states. */
export interface LotEvents {
  /** The calling thread is about to sleep. */
  parked(): void;
  /** The calling thread took the thread in `slot` out of the list; it does not run yet. */
  chosen(slot: number): void;
}

export class ParkingLot {
  readonly #words: Memory['words'];
  readonly #slot: number;
  readonly #events: LotEvents;

  constructor(memory: Memory, slot: number, events: LotEvents) {
    this.#words = memory.words;
    this.#slot = slot;
    this.#events = events;
  }

  /**
   * Sleeps while `word` holds `expected`, until woken, nudged after `mustLeave` has become true, or for `ms`.
   * `left` says how many milliseconds are left; Infinity = for ever.
   */
  wait(word: number, expected: number, object: ObjectId, left: () => number, mustLeave: () => boolean): WaitResult {
    const words = this.#words;
    const park = slotAt(this.#slot) + Slot.PARK;
    const bucket = bucketOf(word);
    enterBucket(words, bucket);
    this.#publish(word, object, Number.isFinite(left()));
    if (Atomics.load(words, word) !== expected) {
      this.#withdraw();
      leaveGuard(words, guardOf(bucket));
      return WaitResult.CHANGED;
    }
    append(words, bucket, this.#slot);
    this.#events.parked();
    leaveGuard(words, guardOf(bucket));
    for (;;) {
      // A kill that came before PARK was published has found nobody to nudge.
      if (!mustLeave()) Atomics.wait(words, park, Park.PARKED, Math.max(0, left()));
      if (Atomics.load(words, park) === Park.CHOSEN) break;
      const result = this.#lookAgain(bucket, word, expected, left() <= 0, mustLeave());
      if (result !== null) return result;
    }
    this.#withdraw();
    return WaitResult.WOKEN;
  }

  /** Sleeps for `left()` milliseconds, on no word. */
  sleep(left: () => number, mustLeave: () => boolean, parked: () => void): void {
    const words = this.#words;
    const park = slotAt(this.#slot) + Slot.PARK;
    this.#publish(0, 0 as ObjectId, true);
    parked();
    while (!mustLeave() && left() > 0) {
      Atomics.wait(words, park, Park.PARKED, left());
      Atomics.store(words, park, Park.PARKED);
    }
    this.#withdraw();
  }

  /** Wakes up to `count` threads that sleep on `word`, longest first (-1: all); returns how many. */
  wake(word: number, count: number): number {
    const words = this.#words;
    const bucket = bucketOf(word);
    enterBucket(words, bucket);
    let woken = 0;
    let before = 0;
    let entry = firstIn(words, bucket);
    while (entry !== 0 && woken !== count) {
      const slot = slotAt(entry - 1);
      const next = nextOf(words, entry);
      if (peek(words, slot + Slot.PARK_WORD) === word) {
        unlink(words, bucket, before, entry);
        this.#events.chosen(entry - 1);
        Atomics.store(words, slot + Slot.PARK, Park.CHOSEN);
        Atomics.notify(words, slot + Slot.PARK);
        woken += 1;
      } else {
        before = entry;
      }
      entry = next;
    }
    leaveGuard(words, guardOf(bucket));
    return woken;
  }

  /** After a time-out or a nudge. Null = go on sleeping. */
  #lookAgain(bucket: Bucket, word: number, expected: number, late: boolean, leave: boolean): WaitResult | null {
    const words = this.#words;
    const park = slotAt(this.#slot) + Slot.PARK;
    enterBucket(words, bucket);
    const chosen = Atomics.load(words, park) === Park.CHOSEN;
    const changed = Atomics.load(words, word) !== expected;
    if (!chosen && !changed && !late && !leave) {
      Atomics.store(words, park, Park.PARKED);
      leaveGuard(words, guardOf(bucket));
      return null;
    }
    if (!chosen) remove(words, bucket, this.#slot);
    this.#withdraw();
    leaveGuard(words, guardOf(bucket));
    if (chosen) return WaitResult.WOKEN;
    return changed ? WaitResult.CHANGED : WaitResult.TIMED_OUT;
  }

  #publish(word: number, object: ObjectId, timed: boolean): void {
    const words = this.#words;
    const at = slotAt(this.#slot);
    poke(words, at + Slot.PARK_NEXT, 0);
    poke(words, at + Slot.PARK_OBJECT, object);
    poke(words, at + Slot.PARK_TIMED, timed ? 1 : 0);
    Atomics.store(words, at + Slot.PARK, Park.PARKED);
    Atomics.store(words, at + Slot.PARK_WORD, word);
  }

  /** The thread runs. */
  #withdraw(): void {
    const at = slotAt(this.#slot);
    Atomics.store(this.#words, at + Slot.PARK_WORD, 0);
    Atomics.store(this.#words, at + Slot.PARK, Park.CHOSEN);
  }
}
