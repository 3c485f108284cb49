import { NO_OBJECT, type ObjectId } from '../base/ids.ts';
import { MS_PER_TICK, type Ticks } from '../base/units.ts';
import { Control } from '../abi/control.ts';
import { MAX_TICKS } from '../abi/limits.ts';
import { Patience } from '../abi/patience.ts';
import { BlockReason, ReadyCause } from '../abi/record.ts';
import { WaitResult } from '../abi/slot.ts';
import { doUnit, unitsOf } from '../abi/work.ts';
import { peek } from '../abi/words.ts';
import { invariant } from '../base/invariant.ts';
import type { Port } from '../sync/port.ts';
import { HostPort } from './host-port.ts';
import type { HostSlot } from './host-slot.ts';
import { LiveRecords } from './live-records.ts';
import { ParkingLot } from './parking-lot.ts';

/** Much longer than being woken takes, and not long for whoever waits for a result. */
const DOZE_MS = 0.1;
/** A word that never changes. */
const PILLOW = new Int32Array(new SharedArrayBuffer(4));

/**
 * The port of live mode: threads really run at once and meet in the parking lot; only births and deaths go through the
 * kernel. Each thread writes its own transitions, and a waker those of the thread it wakes, so the time between a
 * thread's `ready` and its `dispatched` is the true latency of the wake-up.
 */
export class LivePort extends HostPort implements Port {
  readonly #slot: HostSlot;
  readonly #records: LiveRecords;
  readonly #lot: ParkingLot;
  readonly #patience = new Patience();
  #line = 0;
  /** Set by the record that says so: `blocked`. */
  #wasParked = false;
  #parkedAs: readonly [object: ObjectId, reason: BlockReason, until: Ticks] = [NO_OBJECT, BlockReason.OTHER, Infinity];

  /** Precondition: the slot carries a thread, and has the turn. */
  constructor(slot: HostSlot) {
    super(slot);
    this.#slot = slot;
    this.#records = new LiveRecords(slot.memory);
    this.#lot = new ParkingLot(slot.memory, slot.index, {
      parked: () => this.#logParked(),
      chosen: (other) => this.#records.chosen(other, this.tid),
    });
    // The kernel says that it was created and is Ready; from here on all that happens to a thread is the hosts' to say.
    this.#records.dispatched(this.tid);
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
    this.#parkedAs = [object, reason, end];
    const left = (): number => (end === Infinity ? Infinity : (end - this.now()) * MS_PER_TICK);
    const result = this.#lot.wait(word, expected, object, left, () => this.#mustLeave());
    // Chosen and told to stop: the wake-up is another's, or the next waiter would sleep on a free lock.
    if (this.#slot.stopped && result === WaitResult.WOKEN) this.#lot.wake(word, 1);
    // By the same look: after a later one nobody would pass the wake-up on.
    this.#slot.refuseOnceStopped();
    // Nobody was parked when the word had changed before; then there is nothing to come back from.
    if (result === WaitResult.TIMED_OUT) this.#records.ready(this.tid, ReadyCause.TIMED_OUT, object, end);
    if (result === WaitResult.CHANGED && this.#wasParked) this.#records.ready(this.tid, ReadyCause.WOKEN, object);
    if (this.#wasParked) this.#records.dispatched(this.tid);
    this.#wasParked = false;
    return result;
  }

  linger(isOver: () => boolean): boolean {
    return this.#patience.until(isOver);
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
    this.#parkedAs = [object, reason, end];
    this.#lot.sleep(
      () => (end - this.now()) * MS_PER_TICK,
      () => this.#mustLeave(),
      () => this.#logParked(),
    );
    this.#slot.refuseWhenStopped();
    this.#wasParked = false;
    this.#records.ready(this.tid, reason === BlockReason.IO ? ReadyCause.IO : ReadyCause.TIMER, object, end);
    this.#records.dispatched(this.tid);
  }

  now(): Ticks {
    return this.#records.now();
  }

  log(kind: number, aux: number, object: ObjectId, a: number, b: number, c: number): void {
    this.#records.write(this.tid, kind, aux, object, a, b, c);
  }

  #mustLeave(): boolean {
    return this.#slot.stopped;
  }

  #logParked(): void {
    const [object, reason, until] = this.#parkedAs;
    this.#wasParked = true;
    this.#records.blocked(this.tid, reason, object, until, this.#line);
  }
}
