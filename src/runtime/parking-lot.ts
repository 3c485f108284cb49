import { NO_OBJECT, type ObjectId } from '../base/ids.ts';
import { leaveGuard } from '../abi/guard.ts';
import { slotAt, type Memory } from '../abi/layout.ts';
import { callCarrier } from '../abi/parking.ts';
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
 * A thread that a worker carries together with others does not sleep there itself: its worker looks at all of them when CALL
 * of its own slot has changed, which is changed after PARK.
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
  readonly #park: number;
  readonly #events: LotEvents;

  constructor(memory: Memory, slot: number, events: LotEvents) {
    this.#words = memory.words;
    this.#slot = slot;
    this.#park = slotAt(slot) + Slot.PARK;
    this.#events = events;
  }

  /**
   * Sleeps while `word` holds `expected`, until woken, nudged after `mustLeave` has become true, or for `ms`.
   * `left` says how many milliseconds are left; Infinity = for ever.
   */
  wait(word: number, expected: number, object: ObjectId, left: () => number, mustLeave: () => boolean): WaitResult {
    if (!this.enter(word, expected, object, Number.isFinite(left()))) return WaitResult.CHANGED;
    for (;;) {
      // A kill that came before PARK was published has found nobody to nudge.
      if (!mustLeave()) Atomics.wait(this.#words, this.#park, Park.PARKED, Math.max(0, left()));
      const result = this.look(word, expected, left() <= 0, mustLeave());
      if (result !== null) return result;
    }
  }

  /** The first half of `wait`: the thread is Blocked, and sleeps on PARK. False: `word` holds something else, so it is not. */
  enter(word: number, expected: number, object: ObjectId, timed: boolean): boolean {
    const words = this.#words;
    const bucket = bucketOf(word);
    enterBucket(words, bucket);
    this.#publish(word, object, timed);
    const unchanged = Atomics.load(words, word) === expected;
    if (unchanged) {
      append(words, bucket, this.#slot);
      this.#events.parked();
    } else {
      this.#withdraw();
    }
    leaveGuard(words, guardOf(bucket));
    return unchanged;
  }

  /**
   * The second half, whenever PARK has changed, the time is over (`late`) or the thread must `leave`: how its wait has ended, or
   * null: it goes on.
   */
  look(word: number, expected: number, late: boolean, leave: boolean): WaitResult | null {
    if (Atomics.load(this.#words, this.#park) !== Park.CHOSEN) {
      return this.#lookAgain(bucketOf(word), word, expected, late, leave);
    }
    this.#withdraw();
    return WaitResult.WOKEN;
  }

  /** Sleeps for `left()` milliseconds, on no word. */
  sleep(left: () => number, mustLeave: () => boolean, parked: () => void): void {
    this.lieDown();
    parked();
    while (!mustLeave() && left() > 0) {
      Atomics.wait(this.#words, this.#park, Park.PARKED, left());
      Atomics.store(this.#words, this.#park, Park.PARKED);
    }
    this.rise();
  }

  /** The two halves of `sleep`: from now on the thread sleeps; now it does no more. */
  lieDown(): void {
    this.#publish(0, NO_OBJECT, true);
  }

  rise(): void {
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
        callCarrier(words, entry - 1);
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
    const park = this.#park;
    enterBucket(words, bucket);
    // Before the word is looked at: who changes it later nudges once more, and finds somebody to nudge.
    const chosen = Atomics.compareExchange(words, park, Park.NUDGED, Park.PARKED) === Park.CHOSEN;
    const changed = Atomics.load(words, word) !== expected;
    if (!chosen && !changed && !late && !leave) {
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
