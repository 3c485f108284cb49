import { NO_OBJECT, type ObjectId } from '../base/ids.ts';
import { MS_PER_TICK, type Ticks } from '../base/units.ts';
import { Control } from '../abi/control.ts';
import { slotAt } from '../abi/layout.ts';
import { LAST_TICK, MAX_TICKS } from '../abi/limits.ts';
import { LogWriter } from '../abi/log-writer.ts';
import { BlockReason, header, Kind, ReadyCause } from '../abi/record.ts';
import { Slot, WaitResult } from '../abi/slot.ts';
import { doUnit, unitsOf } from '../abi/work.ts';
import { joinDouble, peek } from '../abi/words.ts';
import { invariant } from '../base/invariant.ts';
import type { Port } from '../sync/port.ts';
import { HostPort } from './host-port.ts';
import type { HostSlot } from './host-slot.ts';
import { ParkingLot } from './parking-lot.ts';

// Named here because this side compiles without the DOM, which is where TypeScript keeps it.
declare const performance: { readonly timeOrigin: number; now(): number };

const NO_CPU = -1;
const US_PER_MS = 1000;
/** So often a thread looks before it sleeps: about as long as falling asleep and being woken takes. */
const MOST_LOOKS = 200;
/** Much longer than being woken takes, and not long for whoever waits for a result. */
const DOZE_MS = 0.1;
/** A word that never changes. */
const PILLOW = new Int32Array(new SharedArrayBuffer(4));
/** Reads of a word between two looks. */
const PAUSE = 150;

/**
 * The port of live mode: threads really run at once and meet in the parking lot; only births and deaths go through the
 * kernel. Each thread writes its own transitions, and a waker those of the thread it wakes, so the time between a
 * thread's `ready` and its `dispatched` is the true latency of the wake-up.
 */
export class LivePort extends HostPort implements Port {
  readonly #slot: HostSlot;
  readonly #log: LogWriter;
  readonly #lot: ParkingLot;
  /** Milliseconds that `performance.now()` showed when the run began. */
  readonly #originMs: number;
  /** A word that nobody else changes often. */
  readonly #own: number;
  #patience = MOST_LOOKS;
  #line = 0;
  /** Set by the record that says so: `blocked`. */
  #wasParked = false;
  #parkedAs: readonly [object: ObjectId, reason: BlockReason, until: number] = [NO_OBJECT, BlockReason.OTHER, -1];

  /** Precondition: the slot carries a thread, and has the turn. */
  constructor(slot: HostSlot) {
    super(slot);
    this.#slot = slot;
    this.#log = new LogWriter(slot.memory);
    this.#own = slotAt(slot.index) + Slot.KILL;
    const { words } = slot.memory;
    const origin = joinDouble(peek(words, Control.TIME_ORIGIN_LOW), peek(words, Control.TIME_ORIGIN_HIGH));
    this.#originMs = origin - performance.timeOrigin;
    this.#lot = new ParkingLot(slot.memory, slot.index, {
      parked: () => this.#logParked(),
      chosen: (other) => this.#logChosen(other),
    });
    // The kernel says that it was created and is Ready; from here on all that happens to a thread is the hosts' to say.
    this.log(Kind.DISPATCHED, 0, NO_OBJECT, 0, 0, 0);
  }

  get line(): number {
    return this.#line;
  }

  checkpoint(line: number): void {
    this.#line = line;
    this.#slot.refuseWhenStopped();
  }

  backTo(line: number): void {
    this.#line = line;
  }

  step(): void {
    this.#slot.refuseWhenStopped();
  }

  compute(ticks: Ticks): void {
    const unitNs = peek(this.memory.words, Control.WORK_UNIT_NS);
    invariant(unitNs > 0, 'work is measured before a live run begins');
    for (let left = unitsOf(ticks * MS_PER_TICK, unitNs); left > 0; left -= 1) {
      this.step();
      doUnit();
    }
  }

  expectBurst(): void {
    // Nobody schedules by it: the operating system decides.
  }

  wait(word: number, expected: number, ticks: Ticks, object: ObjectId, reason: BlockReason): WaitResult {
    this.#slot.refuseWhenStopped();
    const end = ticks > MAX_TICKS ? Infinity : this.now() + ticks;
    this.#parkedAs = [object, reason, Number.isFinite(end) ? this.#microseconds(end) : -1];
    const left = (): number => (end === Infinity ? Infinity : (end - this.now()) * MS_PER_TICK);
    const result = this.#lot.wait(word, expected, object, left, () => this.#mustLeave());
    // Chosen and told to stop: the wake-up is another's, or the next waiter would sleep on a free lock.
    if (result === WaitResult.WOKEN && this.#slot.stopped) this.#lot.wake(word, 1);
    this.#slot.refuseWhenStopped();
    // Nobody was parked when the word had changed before; then there is nothing to come back from.
    if (result === WaitResult.TIMED_OUT) this.#logReady(ReadyCause.TIMED_OUT, object, end);
    if (result === WaitResult.CHANGED && this.#wasParked) this.#logReady(ReadyCause.WOKEN, object);
    if (this.#wasParked) this.log(Kind.DISPATCHED, 0, NO_OBJECT, 0, 0, 0);
    this.#wasParked = false;
    return result;
  }

  /** How long it looks follows what it found before: for less and less time where waits are long or the cores are taken. */
  linger(isOver: () => boolean): boolean {
    for (let looks = 0; looks < this.#patience; looks += 1) {
      this.#pause();
      if (isOver()) {
        this.#patience = Math.min(MOST_LOOKS, this.#patience * 2);
        return true;
      }
    }
    this.#patience = Math.max(1, this.#patience >> 1);
    return false;
  }

  doze(): boolean {
    this.#slot.refuseWhenStopped();
    Atomics.wait(PILLOW, 0, 0, DOZE_MS);
    return true;
  }

  /** Not refused: what the others wait for is stored already, and a STOP may have come since. */
  wake(word: number, count: number): number {
    return this.#lot.wake(word, count);
  }

  sleep(ticks: Ticks, object: ObjectId, reason: BlockReason): void {
    this.#slot.refuseWhenStopped();
    const end = this.now() + ticks;
    this.#parkedAs = [object, reason, this.#microseconds(end)];
    this.#lot.sleep(
      () => (end - this.now()) * MS_PER_TICK,
      () => this.#mustLeave(),
      () => this.#logParked(),
    );
    this.#slot.refuseWhenStopped();
    this.#wasParked = false;
    this.#logReady(reason === BlockReason.IO ? ReadyCause.IO : ReadyCause.TIMER, object, end);
    this.log(Kind.DISPATCHED, 0, NO_OBJECT, 0, 0, 0);
  }

  now(): Ticks {
    return (performance.now() - this.#originMs) / MS_PER_TICK;
  }

  log(kind: number, aux: number, object: ObjectId, a: number, b: number, c: number): void {
    if (!this.logged) return;
    const time = this.#microseconds(this.now());
    this.#log.append(header(kind, aux, NO_CPU), time, this.tid, object, a, b, c);
  }

  /** Ready since it was due, not since it has noticed: the time until it runs is how late the clock has woken it. */
  #logReady(cause: ReadyCause, object: ObjectId, due = this.now()): void {
    if (!this.logged) return;
    const time = this.#microseconds(Math.min(due, this.now()));
    this.#log.append(header(Kind.READY, cause, NO_CPU), time, this.tid, object, 0, 0, 0);
  }

  /** What a word cannot hold any more is the last moment that it can: 35 minutes, where the kernel ends the run. */
  #microseconds(ticks: Ticks): number {
    return Math.min(Math.round(ticks * MS_PER_TICK * US_PER_MS), LAST_TICK);
  }

  /** Between two looks, so that the words looked at stay for a while with those who change them. */
  #pause(): void {
    const { words } = this.memory;
    for (let n = 0; n < PAUSE; n += 1) Atomics.load(words, this.#own);
  }

  #mustLeave(): boolean {
    return this.#slot.stopped;
  }

  #logParked(): void {
    const [object, reason, until] = this.#parkedAs;
    this.#wasParked = true;
    this.log(Kind.BLOCKED, reason, object, until, this.#line, 0);
  }

  /** Precondition: the other thread is parked and out of its list, so its slot's words stand still. */
  #logChosen(other: number): void {
    if (!this.logged) return;
    const at = slotAt(other);
    const tid = peek(this.memory.words, at + Slot.TID);
    const object = peek(this.memory.words, at + Slot.PARK_OBJECT);
    const time = this.#microseconds(this.now());
    this.#log.append(header(Kind.WOKEN, 0, NO_CPU), time, tid, object, this.tid, 0, 0);
    this.#log.append(header(Kind.READY, ReadyCause.WOKEN, NO_CPU), time, tid, object, this.tid, 0, 0);
  }
}
