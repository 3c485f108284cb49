import { peek } from '../abi/words.ts';
import { gallop, IntList, lowerBound } from './int-list.ts';
import { ThreadState } from './thread-state.ts';

/** One run of columns [x0, x1) of one state. `span`: its number, -1 = several, of which the longest state is shown. */
export type SpanVisitor = (x0: number, x1: number, state: ThreadState, span: number) => void;

/** READY, RUNNING and BLOCKED have sums, at these places. */
const SUMS = 3;
const sumOf = (state: number): number => state - ThreadState.READY;

/** The spans of one thread. Times are whole; a span ends where the next begins. */
export class SpanLane {
  /** Tick of the thread's last step; -1 = none. Written by `Spans`. */
  stepped = -1;

  readonly #starts = new IntList(16);
  readonly #records = new IntList(16);
  readonly #objects = new IntList(16);
  /** State | cause << 8. */
  readonly #states = new IntList(16);
  /** Three words a span: time in Ready, Running, Blocked before its start. */
  readonly #sums = new IntList(48);
  /** Time in Ready, Running, Blocked within the column that `#measure` looked at last. */
  readonly #within = new Float64Array(SUMS);
  /** The same from the beginning up to `#until`, the end of that column: the next column begins there. */
  readonly #before = new Float64Array(SUMS);
  #until = Number.NaN;

  get count(): number {
    return this.#starts.length;
  }

  /** State of the last span, NONE = there is none. */
  get current(): ThreadState {
    return this.count === 0 ? ThreadState.NONE : this.state(this.count - 1);
  }

  start(span: number): number {
    return this.#starts.at(span);
  }

  state(span: number): ThreadState {
    return (this.#states.at(span) & 0xff) as ThreadState;
  }

  cause(span: number): number {
    return this.#states.at(span) >> 8;
  }

  object(span: number): number {
    return this.#objects.at(span);
  }

  record(span: number): number {
    return this.#records.at(span);
  }

  /** The span at `time`, -1 = before the first. */
  spanAt(time: number): number {
    return lowerBound(this.#starts.items, Math.floor(time) + 1, 0, this.count) - 1;
  }

  /** Begins a span, not before the last one began. A span that would be empty is replaced. */
  begin(time: number, state: ThreadState, cause: number, object: number, record: number): void {
    const last = this.count - 1;
    const start = last < 0 ? time : Math.max(time, this.start(last));
    const word = state | (cause << 8);
    if (last >= 0 && this.start(last) === start) {
      this.#states.set(last, word);
      this.#objects.set(last, object);
      this.#records.set(last, record);
      return;
    }
    for (let sum = 0; sum < SUMS; sum += 1) {
      const before = last < 0 ? 0 : this.#sums.at(last * SUMS + sum);
      const own = last >= 0 && sumOf(this.state(last)) === sum ? start - this.start(last) : 0;
      this.#sums.push(before + own);
    }
    this.#starts.push(start);
    this.#states.push(word);
    this.#objects.push(object);
    this.#records.push(record);
  }

  /** Time in Ready, Running or Blocked before `time`. */
  timeUntil(state: ThreadState, time: number): number {
    const span = this.spanAt(time);
    return span < 0 ? 0 : this.#timeWithin(sumOf(state), span, time);
  }

  forEachVisible(t0: number, t1: number, pixels: number, end: number, visit: SpanVisitor): void {
    const perPixel = (t1 - t0) / pixels;
    const limit = this.#columnsUntil(t0, perPixel, pixels, end);
    let x = this.#firstColumn(t0, perPixel);
    if (x >= limit) return;
    const starts = this.#starts.items;
    const { count } = this;
    let span = Math.max(0, this.spanAt(t0 + x * perPixel));
    let runFrom = x;
    let runState: ThreadState = ThreadState.NONE;
    let runSpan = -2;
    this.#until = Number.NaN;
    while (x < limit) {
      const from = t0 + x * perPixel;
      const to = t0 + (x + 1) * perPixel;
      while (span + 1 < count && peek(starts, span + 1) <= from) span += 1;
      const last = gallop(starts, to, span + 1, count) - 1;
      // The columns that lie wholly in this span go at once.
      const wholeUntil =
        last > span ? x : span + 1 < count ? Math.floor((peek(starts, span + 1) - t0) / perPixel) : limit;
      const next = Math.min(limit, Math.max(x + 1, wholeUntil));
      const owner = last - span > 1 ? -1 : last === span ? span : this.#longerOf(span, from, Math.min(to, end));
      const state = owner >= 0 ? this.state(owner) : this.#dominant(span, last, from, Math.min(to, end));
      if (state !== runState || owner !== runSpan) {
        if (x > runFrom) visit(runFrom, x, runState, runSpan);
        runFrom = x;
        runState = state;
        runSpan = owner;
      }
      span = Math.max(span, last);
      x = next;
    }
    visit(runFrom, limit, runState, runSpan);
  }

  fillShares(t0: number, t1: number, pixels: number, end: number, out: Uint8Array): void {
    out.fill(0, 0, pixels * 4);
    const perPixel = (t1 - t0) / pixels;
    const limit = this.#columnsUntil(t0, perPixel, pixels, end);
    const starts = this.#starts.items;
    const { count } = this;
    const first = this.#firstColumn(t0, perPixel);
    this.#until = Number.NaN;
    let span = Math.max(0, this.spanAt(t0 + first * perPixel));
    for (let x = first; x < limit; x += 1) {
      const from = Math.max(t0 + x * perPixel, peek(starts, 0));
      const to = Math.min(t0 + (x + 1) * perPixel, end);
      while (span + 1 < count && peek(starts, span + 1) <= from) span += 1;
      const last = gallop(starts, to, span + 1, count) - 1;
      this.#measure(span, last, from, to);
      const scale = 255 / Math.max(to - from, Number.MIN_VALUE);
      const running = Math.round((this.#within[1] as number) * scale);
      const ready = Math.min(255 - running, Math.round((this.#within[0] as number) * scale));
      const blocked = Math.min(255 - running - ready, Math.round((this.#within[2] as number) * scale));
      out[x * 4] = ready;
      out[x * 4 + 1] = running;
      out[x * 4 + 2] = blocked;
      out[x * 4 + 3] = 255 - running - ready - blocked;
      span = Math.max(span, last);
    }
  }

  /** First column that the lane reaches into. */
  #firstColumn(t0: number, perPixel: number): number {
    if (this.count === 0) return Infinity;
    return Math.max(0, Math.floor((this.start(0) - t0) / perPixel));
  }

  #columnsUntil(t0: number, perPixel: number, pixels: number, end: number): number {
    return Math.min(pixels, Math.ceil((end - t0) / perPixel));
  }

  #timeWithin(sum: number, span: number, time: number): number {
    const own = sumOf(this.state(span)) === sum ? time - this.start(span) : 0;
    return this.#sums.at(span * SUMS + sum) + own;
  }

  /** Of two neighbours that share a column, the one with more of it. */
  #longerOf(span: number, from: number, to: number): number {
    const border = this.start(span + 1);
    return border - Math.max(from, this.start(span)) >= to - border ? span : span + 1;
  }

  /** Precondition: `from` lies in span `first`, `to` in span `last` or at its end. */
  #measure(first: number, last: number, from: number, to: number): void {
    const before = this.#before;
    const within = this.#within;
    const known = from === this.#until;
    for (let sum = 0; sum < SUMS; sum += 1) {
      const begin = known ? (before[sum] as number) : this.#timeWithin(sum, first, from);
      const end = this.#timeWithin(sum, last, to);
      within[sum] = end - begin;
      before[sum] = end;
    }
    this.#until = to;
  }

  /** The state with the most time in the column; in a tie the more telling one: Running, Blocked, Ready. */
  #dominant(first: number, last: number, from: number, to: number): ThreadState {
    const begin = Math.max(from, this.start(0));
    this.#measure(first, last, begin, to);
    const ready = this.#within[0] as number;
    const running = this.#within[1] as number;
    const blocked = this.#within[2] as number;
    const other = to - begin - ready - running - blocked;
    const most = Math.max(ready, running, blocked, other);
    if (most === running) return ThreadState.RUNNING;
    if (most === blocked) return ThreadState.BLOCKED;
    if (most === ready) return ThreadState.READY;
    return first === 0 && this.state(0) === ThreadState.NEW ? ThreadState.NEW : ThreadState.TERMINATED;
  }
}
