import { gallop, IntList, lowerBound } from '../../../replay/int-list.ts';
import { LogIndex } from '../../../replay/log-index.ts';

/** Columns [x0, x1) in which one thread holds it; tid 0 = nobody. */
export type HolderVisitor = (x0: number, x1: number, tid: number) => void;

class HolderRow {
  readonly starts = new IntList(16);
  readonly tids = new IntList(16);

  /** A span that would be empty is replaced. */
  begin(time: number, tid: number): void {
    const last = this.starts.length - 1;
    const start = last < 0 ? time : Math.max(time, this.starts.at(last));
    if (last >= 0 && this.starts.at(last) === start) return this.tids.set(last, tid);
    this.starts.push(start);
    this.tids.push(tid);
  }
}

/** Who holds each of several things of which one thread at a time has one, when: the textbook's Gantt chart. */
export abstract class HolderSpans extends LogIndex {
  readonly #rows: HolderRow[] = [];
  /** Time at which the run that is known so far ends. */
  protected end = 0;

  /** Things that somebody ever held. */
  get rows(): number {
    return this.#rows.length;
  }

  /** Who holds it at a time; 0 = nobody. */
  tidAt(row: number, time: number): number {
    const held = this.#rows[row];
    if (held === undefined || time >= this.end) return 0;
    const span = lowerBound(held.starts.items, Math.floor(time) + 1, 0, held.starts.length) - 1;
    return span < 0 ? 0 : held.tids.at(span);
  }

  /**
   * Visits the part of a row within [t0, t1), drawn `pixels` columns wide. A column that several threads share goes to the
   * one that holds it in its middle.
   */
  forEachVisible(row: number, t0: number, t1: number, pixels: number, visit: HolderVisitor): void {
    const held = this.#rows[row];
    if (held === undefined) return;
    const { starts, tids } = held;
    const { items, length } = starts;
    const perPixel = (t1 - t0) / pixels;
    const limit = Math.min(pixels, Math.ceil((this.end - t0) / perPixel));
    let x = Math.max(0, Math.floor((starts.at(0) - t0) / perPixel));
    let span = lowerBound(items, Math.floor(t0 + x * perPixel) + 1, 0, length) - 1;
    while (x < limit) {
      const middle = t0 + (x + 0.5) * perPixel;
      span = gallop(items, Math.floor(middle) + 1, Math.max(0, span), length) - 1;
      const border = span + 1 < length ? Math.round((starts.at(span + 1) - t0) / perPixel) : limit;
      const next = Math.min(limit, Math.max(x + 1, border));
      if (span >= 0) visit(x, next, tids.at(span));
      x = next;
    }
  }

  protected restart(): void {
    this.#rows.length = 0;
    this.end = 0;
  }

  protected begin(row: number, time: number, tid: number): void {
    while (this.#rows.length <= row) this.#rows.push(new HolderRow());
    (this.#rows[row] as HolderRow).begin(time, tid);
  }
}
