import { asObjectId, asTid, type ObjectId, type Tid } from '../../base/ids.ts';
import { MS_PER_TICK, type Ticks } from '../../base/units.ts';
import { Control } from '../../abi/control.ts';
import { slotAt, type Memory } from '../../abi/layout.ts';
import { MAX_SLOTS, MAX_TICKS } from '../../abi/limits.ts';
import { stateWordOf } from '../../abi/object-table.ts';
import { BlockReason, ReadyCause } from '../../abi/record.ts';
import { isOwn, Life, Park, Request, Signal, Slot, Turn, WaitResult } from '../../abi/slot.ts';
import { peek, poke, type Words } from '../../abi/words.ts';
import { LiveRecords } from '../live-records.ts';
import { ParkingLot } from '../parking-lot.ts';
import { CpuTimes } from './cpu-times.ts';
import { fillRequest } from './requests.ts';
import { sleepForEver } from './rest.ts';
import type { Turns } from './turns.ts';

/** CPython's `sys.getswitchinterval()`: who waits for the interpreter lock gets it after so long. */
const SWITCH_TICKS: Ticks = 5 / MS_PER_TICK;
/** So often a worker that sleeps shows that it lives (kernel/hang-watch.ts). */
const SIGN_OF_LIFE_MS = 500;
/** So often one that waits for the kernel looks whether it was told to stop. */
const STOP_SLICE_MS = 5;

/** What a thread waits for; word 0: for nothing but the end of the time. */
interface Wait {
  readonly word: number;
  readonly expected: number;
  readonly object: ObjectId;
  readonly reason: BlockReason;
  /** Infinity = for ever. */
  readonly end: Ticks;
}

/**
 * Live mode: the processes run at once, and the threads of this one, which share an interpreter, one at a time. Who runs holds the global
 * interpreter lock: until it blocks, or until another thread has waited for the switch interval. Threads park in the lot in which
 * those of all processes do (`../parking-lot.ts`); but the worker sleeps only when it can let none of its own run.
 *
 * No wake-up is lost: whoever has news for one of the threads changes PARK, KILL or SIGNALS_PENDING first and CALL after that, and the
 * worker reads CALL first and looks at those after that.
 */
export class LiveTurns implements Turns {
  readonly live = true;
  readonly #memory: Memory;
  readonly #words: Words;
  /** Of the main thread, and of the worker. */
  readonly #slot: number;
  readonly #worker: number;
  readonly #records: LiveRecords;
  readonly #lots = new Map<number, ParkingLot>();
  readonly #waits = new Map<number, Wait>();
  /** Slots of threads that could run, in the order in which they came. */
  readonly #ready: number[] = [];
  readonly #times = new CpuTimes();
  /** From here on another thread may have the interpreter lock. */
  #sliceEnd: Ticks = 0;
  #looks = 0;

  /** Precondition: the run has begun, and the slot's main thread has the turn. */
  constructor(memory: Memory, slot: number, worker: number) {
    this.#memory = memory;
    this.#words = memory.words;
    this.#slot = slot;
    this.#worker = worker;
    this.#records = new LiveRecords(memory);
  }

  begin(): number {
    return this.#dispatch(this.#slot);
  }

  hand(me: number, request: Request, a: number, b: number, c: number, d: number, e: number): number {
    this.heed();
    if (request === Request.YIELD) return this.#yield(me);
    if (request === Request.WAIT) {
      return this.#wait(me, {
        word: a,
        expected: b,
        end: this.#endOf(c),
        object: asObjectId(d),
        reason: e as BlockReason,
      });
    }
    if (request === Request.SLEEP) {
      return this.#wait(me, {
        word: 0,
        expected: 0,
        end: this.#endOf(a),
        object: asObjectId(b),
        reason: c as BlockReason,
      });
    }
    if (request === Request.WAKE) return this.#answer(me, this.#lotOf(me).wake(a, b));
    if (request === Request.EXIT) return this.#leave(me, a, b, c);
    this.#ask(me, request, a, b, c, d, e);
    if (request === Request.SPAWN) this.#adopt(peek(this.#words, slotAt(me) + Slot.RESULT));
    return me;
  }

  look(): boolean {
    this.#looks += 1;
    if ((this.#looks & 3) !== 0) return false;
    this.heed();
    if (this.#hasSignals()) return true;
    if (this.#records.now() < this.#sliceEnd) return false;
    this.#gather();
    if (this.#ready.length > 0) return true;
    this.#sliceEnd = this.#records.now() + SWITCH_TICKS;
    return false;
  }

  now(): Ticks {
    return this.#records.now();
  }

  stamp(): number {
    return this.#records.stamp();
  }

  ran(slot: number | null): Ticks {
    return this.#times.until(this.#records.now(), slot);
  }

  patience(ticks: Ticks): number {
    return ticks <= MAX_TICKS ? Math.max(0, ticks) : -1;
  }

  #endOf(patience: number): Ticks {
    return patience < 0 ? Infinity : this.#records.now() + patience;
  }

  #answer(slot: number, result: number): number {
    poke(this.#words, slotAt(slot) + Slot.RESULT, result);
    return slot;
  }

  /** The interpreter lock goes to another thread when its time has come. */
  #yield(me: number): number {
    const signalled = this.#hasSignals();
    if (!signalled && this.#records.now() < this.#sliceEnd) return me;
    this.#gather();
    // Handlers run in the main thread.
    if (signalled && me !== this.#slot) this.#advance(this.#slot);
    const [next] = this.#ready;
    if (next === undefined) {
      this.#sliceEnd = this.#records.now() + SWITCH_TICKS;
      return me;
    }
    this.#records.preempted(this.#tidOf(me), this.#tidOf(next));
    this.#ready.push(me);
    return this.#next();
  }

  #wait(me: number, wait: Wait): number {
    if (me === this.#slot && this.#hasSignals()) return this.#answer(me, WaitResult.INTERRUPTED);
    this.#waits.set(me, wait);
    if (wait.word === 0) {
      this.#lotOf(me).lieDown();
      this.#logBlocked(me);
    } else if (!this.#lotOf(me).enter(wait.word, wait.expected, wait.object, wait.end !== Infinity)) {
      this.#waits.delete(me);
      return this.#answer(me, WaitResult.CHANGED);
    }
    return this.#next();
  }

  /** The thread is at its end; with the main thread the process is. */
  #leave(me: number, code: number, text: number, cause: number): number {
    const ended = stateWordOf(asObjectId(peek(this.#words, slotAt(me) + Slot.SELF_OBJECT)));
    fillRequest(this.#words, me, Request.EXIT, code, text, cause, 0, 0);
    // The kernel does not wait for a worker that rests.
    if (me === this.#slot) this.#rest();
    this.#ring(me);
    if (me === this.#slot) sleepForEver();
    this.#lots.delete(me);
    this.#awaitEnd(ended);
    this.#times.end(this.#records.now());
    this.#times.forget(me);
    return this.#next();
  }

  /** Until the kernel has said so the thread counts as Running. */
  #awaitEnd(ended: number): void {
    while (Atomics.load(this.#words, ended) === 0) {
      Atomics.wait(this.#words, ended, 0, STOP_SLICE_MS);
      this.heed();
    }
  }

  #ask(me: number, request: Request, a: number, b: number, c: number, d: number, e: number): void {
    fillRequest(this.#words, me, request, a, b, c, d, e);
    this.#ring(me);
    const turn = slotAt(me) + Slot.TURN;
    while (Atomics.load(this.#words, turn) === Turn.KERNEL) {
      Atomics.wait(this.#words, turn, Turn.KERNEL, STOP_SLICE_MS);
      this.heed();
    }
  }

  #ring(me: number): void {
    Atomics.store(this.#words, slotAt(me) + Slot.TURN, Turn.KERNEL);
    Atomics.add(this.#words, Control.DOORBELL, 1);
    Atomics.notify(this.#words, Control.DOORBELL);
  }

  /** A thread was started, and is Ready. If it is a process's, another worker carries it. */
  #adopt(tid: number): void {
    if (tid <= 0) return;
    for (let slot = 0; slot < MAX_SLOTS; slot += 1) {
      const at = slotAt(slot);
      if (peek(this.#words, at + Slot.CARRIER) !== this.#slot + 1 || slot === this.#slot) continue;
      if (peek(this.#words, at + Slot.TID) === tid) this.#ready.push(slot);
    }
  }

  /** Blocks the worker until one of its threads can run, which gets the interpreter lock. */
  #next(): number {
    this.#times.end(this.#records.now());
    const call = slotAt(this.#slot) + Slot.CALL;
    for (;;) {
      const called = Atomics.load(this.#words, call);
      this.heed();
      this.#gather();
      const slot = this.#ready.shift();
      if (slot !== undefined) return this.#dispatch(slot);
      Atomics.wait(this.#words, call, called, Math.min(SIGN_OF_LIFE_MS, this.#msUntilDue()));
    }
  }

  #dispatch(slot: number): number {
    const now = this.#records.now();
    this.#sliceEnd = now + SWITCH_TICKS;
    this.#times.begin(slot, now);
    this.#records.dispatched(this.#tidOf(slot));
    return slot;
  }

  #msUntilDue(): number {
    let end = Infinity;
    for (const wait of this.#waits.values()) end = Math.min(end, wait.end);
    return Math.max(0, (end - this.#records.now()) * MS_PER_TICK);
  }

  /** Whose wait is over becomes Ready. */
  #gather(): void {
    for (const [slot, wait] of this.#waits) {
      const result = this.#resultOf(slot, wait);
      if (result === null) continue;
      this.#waits.delete(slot);
      this.#answer(slot, result);
      this.#ready.push(slot);
      this.#logReady(slot, wait, result);
    }
  }

  /** Null: it goes on. */
  #resultOf(slot: number, { word, expected, end }: Wait): WaitResult | null {
    const late = end <= this.#records.now();
    const signalled = slot === this.#slot && this.#hasSignals();
    const parked = Atomics.load(this.#words, slotAt(slot) + Slot.PARK) === Park.PARKED;
    if (!late && !signalled && (parked || word === 0)) return null;
    const lot = this.#lotOf(slot);
    const result = word === 0 ? WaitResult.TIMED_OUT : lot.look(word, expected, late, signalled);
    if (word === 0) lot.rise();
    return result === WaitResult.TIMED_OUT && !late ? WaitResult.INTERRUPTED : result;
  }

  /** Of one that was chosen, the waker has said so. */
  #logReady(slot: number, { word, object, reason, end }: Wait, result: WaitResult): void {
    const tid = this.#tidOf(slot);
    const timer = reason === BlockReason.IO ? ReadyCause.IO : ReadyCause.TIMER;
    if (result === WaitResult.TIMED_OUT) {
      this.#records.ready(tid, word === 0 ? timer : ReadyCause.TIMED_OUT, object, end);
    } else if (result !== WaitResult.WOKEN) {
      this.#records.ready(tid, ReadyCause.WOKEN, object);
    }
  }

  #logBlocked(slot: number): void {
    const wait = this.#waits.get(slot);
    if (wait === undefined) return;
    const line = peek(this.#words, slotAt(slot) + Slot.LINE);
    this.#records.blocked(this.#tidOf(slot), wait.reason, wait.object, wait.end, line);
  }

  #advance(slot: number): void {
    const place = this.#ready.indexOf(slot);
    if (place > 0) this.#ready.unshift(...this.#ready.splice(place, 1));
  }

  #lotOf(slot: number): ParkingLot {
    const known = this.#lots.get(slot);
    if (known !== undefined) return known;
    const lot = new ParkingLot(this.#memory, slot, {
      parked: () => this.#logBlocked(slot),
      chosen: (other) => this.#records.chosen(other, this.#tidOf(slot)),
    });
    this.#lots.set(slot, lot);
    return lot;
  }

  #tidOf(slot: number): Tid {
    return asTid(peek(this.#words, slotAt(slot) + Slot.TID));
  }

  #hasSignals(): boolean {
    return Atomics.load(this.#words, slotAt(this.#slot) + Slot.SIGNALS_PENDING) !== 0;
  }

  /** Shows that the worker lives, too. */
  heed(): void {
    const kill = slotAt(this.#slot) + Slot.KILL;
    const signals = Atomics.load(this.#words, kill);
    const own = isOwn(this.#words, this.#slot, this.#worker);
    if (signals === 0 && own) return;
    if (own && (signals & Signal.STOP) === 0) {
      Atomics.and(this.#words, kill, ~Signal.PROBE);
      return;
    }
    if (own) this.#rest();
    sleepForEver();
  }

  #rest(): void {
    const life = slotAt(this.#slot) + Slot.LIFE;
    Atomics.compareExchange(this.#words, life, Life.BUSY, Life.PARKED);
    Atomics.notify(this.#words, life);
  }
}
