import { Kind } from '../abi/record.ts';
import { LogIndex } from './log-index.ts';
import { SpanLane, type SpanVisitor } from './span-lane.ts';
import { stateAfter, ThreadState } from './thread-state.ts';

const EMPTY = new SpanLane();

/**
 * What the timeline draws: for each thread (its lane is its tid) the intervals of its states. Spans of a lane touch
 * each other, ascend, and none is empty; the last one goes on to `end`.
 *
 * A step fills its tick: a record at tick t that ends Running because the thread blocked or terminated takes effect at
 * t + 1 if the thread executed a step in t; every other change takes effect at t. Live runs have no such rule.
 *
 * Instead of a pyramid of levels each lane keeps running sums of the time per state. The share of any interval is the
 * difference of two sums: exact at every zoom, and it grows with the log without rebuilding a level.
 */
export class Spans extends LogIndex {
  readonly #lanes: SpanLane[] = [];
  #end = 0;

  /** Largest lane + 1. Lane 0 is always empty. */
  get lanes(): number {
    return this.#lanes.length;
  }

  /** Ticks (live: microseconds) that have passed. */
  get end(): number {
    return this.#end;
  }

  countOf(lane: number): number {
    return this.lane(lane).count;
  }

  /** The lane's spans themselves, for reading. */
  lane(lane: number): SpanLane {
    return this.#lanes[lane] ?? EMPTY;
  }

  startOf(lane: number, span: number): number {
    return this.lane(lane).start(span);
  }

  endOf(lane: number, span: number): number {
    const own = this.lane(lane);
    return span + 1 < own.count ? own.start(span + 1) : Math.max(this.#end, own.start(span));
  }

  stateOf(lane: number, span: number): ThreadState {
    return this.lane(lane).state(span);
  }

  /** `ReadyCause`, `PreemptCause`, `BlockReason` or `EndCause`, as the record that began the span says. */
  causeOf(lane: number, span: number): number {
    return this.lane(lane).cause(span);
  }

  objectOf(lane: number, span: number): number {
    return this.lane(lane).object(span);
  }

  /** The record that began the span. */
  recordOf(lane: number, span: number): number {
    return this.lane(lane).record(span);
  }

  /** The span at a time, -1 = the thread does not exist then. */
  spanAt(lane: number, time: number): number {
    return this.lane(lane).spanAt(time);
  }

  /** Time the lane spends in Ready, Running or Blocked within [from, to). */
  timeIn(lane: number, state: ThreadState, from: number, to: number): number {
    const own = this.lane(lane);
    const until = Math.min(to, this.#end);
    return until <= from ? 0 : own.timeUntil(state, until) - own.timeUntil(state, from);
  }

  /**
   * Visits the part of a lane within [t0, t1), drawn `pixels` columns wide, as few runs of whole columns as it takes. A
   * column that several spans share goes to the state with the most time in it. Nothing is allocated.
   */
  forEachVisible(lane: number, t0: number, t1: number, pixels: number, visit: SpanVisitor): void {
    this.lane(lane).forEachVisible(t0, t1, pixels, this.#end, visit);
  }

  /**
   * Fills four bytes a column: the share of Ready, Running, Blocked and other time (New, Terminated), together 255; all
   * 0 where the thread does not exist. `out` holds at least 4 × pixels.
   */
  fillShares(lane: number, t0: number, t1: number, pixels: number, out: Uint8Array): void {
    this.lane(lane).fillShares(t0, t1, pixels, this.#end, out);
  }

  protected restart(): void {
    this.#lanes.length = 0;
    this.#end = 0;
  }

  protected read(from: number, to: number): void {
    const { log } = this;
    for (let n = from; n < to; n += 1) {
      const kind = log.kind(n);
      const time = log.tick(n);
      if (time > this.#end) this.#end = time;
      if (kind === Kind.LINE) {
        if (log.live) continue;
        this.#laneOf(log.tid(n)).stepped = time;
        if (time + 1 > this.#end) this.#end = time + 1;
        continue;
      }
      const state = stateAfter(kind);
      if (state === ThreadState.NONE || log.tid(n) <= 0) continue;
      const lane = this.#laneOf(log.tid(n));
      const ends = state === ThreadState.BLOCKED || state === ThreadState.TERMINATED;
      const fills = ends && lane.stepped === time && lane.current === ThreadState.RUNNING;
      lane.begin(fills ? time + 1 : time, state, log.aux(n), log.object(n), n);
    }
  }

  #laneOf(tid: number): SpanLane {
    while (this.#lanes.length <= tid) this.#lanes.push(new SpanLane());
    return this.#lanes[tid] as SpanLane;
  }
}
