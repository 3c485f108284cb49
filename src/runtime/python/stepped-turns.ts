import type { Ticks } from '../../base/units.ts';
import { Control } from '../../abi/control.ts';
import { slotAt, type Memory } from '../../abi/layout.ts';
import { MAX_TICKS } from '../../abi/limits.ts';
import { isOwn, Life, Slot, Turn, type Request } from '../../abi/slot.ts';
import { Patience } from '../../abi/patience.ts';
import { peek, type Words } from '../../abi/words.ts';
import { fillRequest } from './requests.ts';
import { sleepForEver } from './rest.ts';
import type { Turns } from './turns.ts';

/** Looks without a kernel call. CPython asks at every 50th of its own; so this is some 10 ms of work. */
const LOOKS = 2000;
/** Whoever could not give way, or did not yet, is reminded of it after so many more. */
const GRACE = 17;

/** What Python reckons of looks at the clock is not exact (clock.ts). */
const TOLERANCE: Ticks = 0.05;

/** The kernel gives one thread of the whole machine the turn; the worker sleeps on CALL, where it says to which. */
export class SteppedTurns implements Turns {
  readonly live = false;
  readonly #words: Words;
  readonly #slot: number;
  readonly #worker: number;
  readonly #call: number;
  readonly #patience = new Patience();
  /** Counted, where a clock would be looked at elsewhere: so a run repeats itself. */
  #looks = 0;

  /** Of this worker of the slot. */
  constructor({ words }: Memory, slot: number, worker: number) {
    this.#words = words;
    this.#slot = slot;
    this.#worker = worker;
    this.#call = slotAt(slot) + Slot.CALL;
  }

  begin(): number {
    return this.#awaitCall();
  }

  hand(me: number, request: Request, a: number, b: number, c: number, d: number, e: number): number {
    this.#looks = 0;
    this.heed();
    const words = this.#words;
    fillRequest(words, me, request, a, b, c, d, e);
    Atomics.store(words, slotAt(me) + Slot.TURN, Turn.KERNEL);
    Atomics.notify(words, slotAt(me) + Slot.TURN);
    return this.#awaitCall();
  }

  heed(): void {
    const life = Atomics.load(this.#words, slotAt(this.#slot) + Slot.LIFE);
    if (life !== Life.BUSY || !isOwn(this.#words, this.#slot, this.#worker)) sleepForEver();
  }

  look(): boolean {
    this.#looks += 1;
    if (this.#looks < LOOKS) return false;
    this.#looks = LOOKS - GRACE;
    return true;
  }

  now(): Ticks {
    return peek(this.#words, Control.TICK);
  }

  stamp(): number {
    return this.now();
  }

  ran(): null {
    return null;
  }

  /** Whole ticks, rounded up so that nothing wakes too early. */
  patience(ticks: Ticks): number {
    return ticks <= MAX_TICKS ? Math.max(0, Math.ceil(ticks - TOLERANCE)) : -1;
  }

  #awaitCall(): number {
    for (;;) {
      const called = Atomics.load(this.#words, this.#call);
      if (called !== 0) {
        this.heed();
        Atomics.store(this.#words, this.#call, 0);
        return called - 1;
      }
      if (this.#patience.until(() => Atomics.load(this.#words, this.#call) !== 0)) continue;
      Atomics.wait(this.#words, this.#call, 0);
    }
  }
}
