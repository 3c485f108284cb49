import { Kind, ReadyCause } from '../abi/record.ts';
import { asTid, type Tid } from '../base/ids.ts';
import { LogIndex } from './log-index.ts';

/** How long a thread was Ready before it ran, in the time of the log (live: microseconds). */
export interface ThreadLatency {
  readonly tid: Tid;
  /** From its start to its first dispatch; null before that. */
  readonly start: number | null;
  /** Of all its wake-ups; null when there was none. */
  readonly wakes: LatencySummary | null;
}

export interface LatencySummary {
  readonly count: number;
  readonly min: number;
  /** Of an even number of values the mean of the two in the middle. */
  readonly median: number;
  readonly max: number;
}

interface Row {
  /** Record number of the DISPATCHED at which it was known, and the width of Ready before it. */
  readonly dispatched: number[];
  readonly widths: number[];
  /** The first of them is the start, not a wake-up. */
  startsWithCreation: boolean;
  readySince: number;
}

/**
 * The widths of Ready. In a live run this is the real latency: from the moment when a thread could run again (it was
 * started, woken, or its time was due) to the moment when it does.
 */
export class Latencies extends LogIndex {
  /** By tid. */
  readonly #rows: (Row | undefined)[] = [];

  /** Every thread that was ever Ready within the first `record` records, in order of tid. */
  at(record: number): readonly ThreadLatency[] {
    return this.#rows.flatMap((row, tid) => {
      if (row === undefined) return [];
      const known = row.dispatched.findIndex((dispatched) => dispatched >= record);
      const widths = known < 0 ? row.widths : row.widths.slice(0, known);
      if (widths.length === 0) return [];
      const [first = null] = row.startsWithCreation ? widths : [];
      return [{ tid: asTid(tid), start: first, wakes: summaryOf(row.startsWithCreation ? widths.slice(1) : widths) }];
    });
  }

  protected restart(): void {
    this.#rows.length = 0;
  }

  protected read(from: number, to: number): void {
    const { log } = this;
    for (let n = from; n < to; n += 1) {
      const kind = log.kind(n);
      const tid = log.tid(n);
      if (kind === Kind.READY) {
        const cause = log.aux(n);
        const created = cause === ReadyCause.CREATED || cause === ReadyCause.ARRIVED;
        const row = (this.#rows[tid] ??= { dispatched: [], widths: [], startsWithCreation: created, readySince: -1 });
        row.readySince = log.tick(n);
      } else if (kind === Kind.DISPATCHED) {
        const row = this.#rows[tid];
        if (row === undefined || row.readySince < 0) continue;
        row.dispatched.push(n);
        // The clocks of two workers may differ by some microseconds.
        row.widths.push(Math.max(0, log.tick(n) - row.readySince));
        row.readySince = -1;
      }
    }
  }
}

/** Null of nothing. */
export function summaryOf(values: readonly number[]): LatencySummary | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) return null;
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? min;
  const high = sorted[Math.floor(middle)] ?? min;
  return { count: sorted.length, min, median: (low + high) / 2, max };
}
