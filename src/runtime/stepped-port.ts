import type { ObjectId } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { Control, StepBy } from '../abi/control.ts';
import { MAX_TICKS } from '../abi/limits.ts';
import { LogWriter } from '../abi/log-writer.ts';
import { header, type BlockReason } from '../abi/record.ts';
import { Request, Slot, type WaitResult } from '../abi/slot.ts';
import { peek } from '../abi/words.ts';
import type { Port } from '../sync/port.ts';
import { HostPort } from './host-port.ts';
import type { HostSlot } from './host-slot.ts';

/** Whole ticks, rounded up so that nothing wakes too early; -1 = never: for ever, or longer than the clock lasts. */
function wholeTicks(ticks: Ticks): number {
  return ticks <= MAX_TICKS ? Math.max(0, Math.ceil(ticks - 1e-9)) : -1;
}

/**
 * The port of stepped mode: every step ends in a request to the kernel, and between two requests nobody else runs.
 * So the records that the host itself appends are in one order with the kernel's.
 */
export class SteppedPort extends HostPort implements Port {
  readonly #slot: HostSlot;
  readonly #log: LogWriter;
  readonly #byOperation: boolean;
  #line = 0;
  /** A step has begun in which no visible operation has happened yet: the next one belongs to it. */
  #fresh = false;

  /** Precondition: the slot carries a thread, and has the turn. */
  constructor(slot: HostSlot) {
    super(slot);
    this.#slot = slot;
    this.#log = new LogWriter(slot.memory);
    this.#byOperation = peek(slot.memory.words, Control.STEP_BY) === StepBy.OPERATION;
    slot.write(Slot.LINE, 0);
    slot.write(Slot.BURST, 0);
  }

  get line(): number {
    return this.#line;
  }

  checkpoint(line: number): void {
    this.#line = line;
    this.#slot.write(Slot.LINE, line);
    if (this.#byOperation) {
      this.#slot.refuseWhenStopped();
      this.#fresh = false;
      return;
    }
    this.#slot.ask(Request.YIELD);
    this.#fresh = true;
  }

  backTo(line: number): void {
    this.#line = line;
    this.#slot.write(Slot.LINE, line);
  }

  step(partOfBurst = false): void {
    if (this.#fresh || (partOfBurst && this.#byOperation)) {
      this.#slot.refuseWhenStopped();
      this.#fresh = false;
      return;
    }
    this.#slot.ask(Request.YIELD);
  }

  compute(ticks: Ticks): void {
    for (let left = wholeTicks(ticks); left > 0; left -= 1) {
      this.expectBurst(left);
      this.step();
    }
    this.expectBurst(0);
  }

  expectBurst(ticks: Ticks): void {
    this.#slot.write(Slot.BURST, wholeTicks(ticks));
  }

  wait(word: number, expected: number, ticks: Ticks, object: ObjectId, reason: BlockReason): WaitResult {
    return this.#slot.ask(Request.WAIT, word, expected, wholeTicks(ticks), object, reason) as WaitResult;
  }

  linger(): boolean {
    return false;
  }

  doze(): boolean {
    return false;
  }

  wake(word: number, count: number, object: ObjectId): number {
    return this.#slot.ask(Request.WAKE, word, count, object);
  }

  sleep(ticks: Ticks, object: ObjectId, reason: BlockReason): void {
    this.#slot.ask(Request.SLEEP, wholeTicks(ticks), object, reason);
  }

  now(): Ticks {
    return peek(this.memory.words, Control.TICK);
  }

  log(kind: number, aux: number, object: ObjectId, a: number, b: number, c: number): void {
    this.#slot.refuseWhenStopped();
    if (this.logged) this.#log.append(header(kind, aux, -1), this.now(), this.tid, object, a, b, c);
  }
}
