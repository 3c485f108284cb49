import { Kind } from '../../../abi/record.ts';
import { gallop, IntList, lowerBound } from '../../../replay/int-list.ts';
import { LogIndex } from '../../../replay/log-index.ts';

/** Columns [x0, x1) in which a CPU carries one thread; tid 0 = idle. */
export type CpuVisitor = (x0: number, x1: number, tid: number) => void;

class CpuLane {
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

/**
 * Whom each CPU carries, when: the textbook's Gantt chart. As in `Spans`, a thread that blocks or ends in a tick in which it
 * executed a step holds its CPU until the end of that tick.
 */
export class CpuSpans extends LogIndex {
  readonly #cpus: CpuLane[] = [];
  /** By CPU: the tick of the last step on it. */
  readonly #stepped: number[] = [];
  #end = 0;

  /** CPUs that were ever used. */
  get cpus(): number {
    return this.#cpus.length;
  }

  /** The thread on a CPU at a time; 0 = none. */
  tidAt(cpu: number, time: number): number {
    const lane = this.#cpus[cpu];
    if (lane === undefined || time >= this.#end) return 0;
    const span = lowerBound(lane.starts.items, Math.floor(time) + 1, 0, lane.starts.length) - 1;
    return span < 0 ? 0 : lane.tids.at(span);
  }

  /**
   * Visits the part of a CPU's row within [t0, t1), drawn `pixels` columns wide. A column that several threads share goes to the
   * one that holds the CPU in its middle.
   */
  forEachVisible(cpu: number, t0: number, t1: number, pixels: number, visit: CpuVisitor): void {
    const lane = this.#cpus[cpu];
    if (lane === undefined) return;
    const { starts, tids } = lane;
    const { items, length } = starts;
    const perPixel = (t1 - t0) / pixels;
    const limit = Math.min(pixels, Math.ceil((this.#end - t0) / perPixel));
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
    this.#cpus.length = 0;
    this.#stepped.length = 0;
    this.#end = 0;
  }

  protected read(from: number, to: number): void {
    const { log } = this;
    for (let n = from; n < to; n += 1) {
      const cpu = log.cpu(n);
      const time = log.tick(n);
      if (time > this.#end) this.#end = time;
      if (cpu < 0) continue;
      switch (log.kind(n)) {
        case Kind.LINE:
          if (log.live) break;
          this.#stepped[cpu] = time;
          this.#end = time + 1;
          break;
        case Kind.DISPATCHED:
          this.#lane(cpu).begin(time, log.tid(n));
          break;
        case Kind.PREEMPTED:
          this.#lane(cpu).begin(time, 0);
          break;
        case Kind.BLOCKED:
        case Kind.TERMINATED:
          this.#lane(cpu).begin(this.#stepped[cpu] === time ? time + 1 : time, 0);
          break;
        default:
      }
    }
  }

  #lane(cpu: number): CpuLane {
    while (this.#cpus.length <= cpu) this.#cpus.push(new CpuLane());
    return this.#cpus[cpu] as CpuLane;
  }
}
