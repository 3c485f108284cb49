import { asTid, NO_OBJECT, type ObjectId, type Tid } from '../base/ids.ts';
import { MS_PER_TICK, type Ticks } from '../base/units.ts';
import { Control } from '../abi/control.ts';
import { slotAt, type Memory } from '../abi/layout.ts';
import { LAST_TICK } from '../abi/limits.ts';
import { LogWriter } from '../abi/log-writer.ts';
import { header, Kind, PreemptCause, ReadyCause, type BlockReason } from '../abi/record.ts';
import { Slot } from '../abi/slot.ts';
import { joinDouble, peek } from '../abi/words.ts';

// Named here because this side compiles without the DOM, which is where TypeScript keeps it.
declare const performance: { readonly timeOrigin: number; now(): number };

const NO_CPU = -1;
const US_PER_MS = 1000;
/** A stepped interpreter has a clock of its own put in its place later. */
const read = performance.now.bind(performance);

/**
 * The real clock of a live run, and the records that hosts write there of themselves and of whom they wake. Precondition: the run
 * has begun.
 */
export class LiveRecords {
  readonly #memory: Memory;
  readonly #log: LogWriter;
  /** Milliseconds that the clock showed when the run began. */
  readonly #originMs: number;

  constructor(memory: Memory) {
    const { words } = memory;
    this.#memory = memory;
    this.#log = new LogWriter(memory);
    const origin = joinDouble(peek(words, Control.TIME_ORIGIN_LOW), peek(words, Control.TIME_ORIGIN_HIGH));
    this.#originMs = origin - performance.timeOrigin;
  }

  now(): Ticks {
    return (read() - this.#originMs) / MS_PER_TICK;
  }

  /** Microseconds. What a word cannot hold any more is the last moment that it can: 35 minutes, where the kernel ends the run. */
  stamp(ticks: Ticks = this.now()): number {
    return Math.min(Math.round(ticks * MS_PER_TICK * US_PER_MS), LAST_TICK);
  }

  get logged(): boolean {
    return peek(this.#memory.words, Control.LOG_MUTED) === 0;
  }

  write(tid: Tid, kind: number, aux: number, object: ObjectId, a: number, b: number, c: number): void {
    if (this.logged) this.#log.append(header(kind, aux, NO_CPU), this.stamp(), tid, object, a, b, c);
  }

  dispatched(tid: Tid): void {
    this.write(tid, Kind.DISPATCHED, 0, NO_OBJECT, 0, 0, 0);
  }

  preempted(tid: Tid, by: Tid): void {
    this.write(tid, Kind.PREEMPTED, PreemptCause.QUANTUM, NO_OBJECT, by, 0, 0);
  }

  /** `until`: when it gives up; Infinity = never. */
  blocked(tid: Tid, reason: BlockReason, object: ObjectId, until: Ticks, line: number): void {
    this.write(tid, Kind.BLOCKED, reason, object, until === Infinity ? -1 : this.stamp(until), line, 0);
  }

  /** Ready since it was due, not since it has noticed: the time until it runs is how late the clock has woken it. */
  ready(tid: Tid, cause: ReadyCause, object: ObjectId, due = this.now()): void {
    if (!this.logged) return;
    const time = this.stamp(Math.min(due, this.now()));
    this.#log.append(header(Kind.READY, cause, NO_CPU), time, tid, object, 0, 0, 0);
  }

  /** Precondition: the thread in `slot` is parked and out of its list, so its slot's words stand still. */
  chosen(slot: number, by: Tid): void {
    if (!this.logged) return;
    const at = slotAt(slot);
    const tid = asTid(peek(this.#memory.words, at + Slot.TID));
    const object = peek(this.#memory.words, at + Slot.PARK_OBJECT);
    const time = this.stamp();
    this.#log.append(header(Kind.WOKEN, 0, NO_CPU), time, tid, object, by, 0, 0);
    this.#log.append(header(Kind.READY, ReadyCause.WOKEN, NO_CPU), time, tid, object, by, 0, 0);
  }
}
