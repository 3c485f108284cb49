import { Kind, Operation, Outcome } from '../abi/record.ts';
import { peek } from '../abi/words.ts';
import { gallop, IntList, lowerBound } from './int-list.ts';
import { LogIndex } from './log-index.ts';

/** What the timeline marks on a lane. */
export const Mark = {
  NONE: 0,
  ACQUIRE: 1,
  RELEASE: 2,
  SET: 3,
  CLEAR: 4,
  LOAD: 5,
  STORE: 6,
  PRINT: 7,
  SEND: 8,
  RECEIVE: 9,
  NOTIFY: 10,
} as const;
export type Mark = (typeof Mark)[keyof typeof Mark];

/** The marks of one column: the first one's kind and record, and how many there are. */
export type MarkVisitor = (x: number, kind: Mark, record: number, count: number) => void;

class MarkLane {
  readonly ticks = new IntList(16);
  readonly records = new IntList(16);
  readonly kinds = new IntList(16);
}

const EMPTY = new MarkLane();

/** Per lane (tid): what a thread did that is worth a mark, in order. Only operations that succeeded are marked. */
export class Marks extends LogIndex {
  readonly #lanes: MarkLane[] = [];

  /** Largest lane + 1. */
  get lanes(): number {
    return this.#lanes.length;
  }

  countOf(lane: number): number {
    return this.#lane(lane).ticks.length;
  }

  tickOf(lane: number, mark: number): number {
    return this.#lane(lane).ticks.at(mark);
  }

  recordOf(lane: number, mark: number): number {
    return this.#lane(lane).records.at(mark);
  }

  kindOf(lane: number, mark: number): Mark {
    return this.#lane(lane).kinds.at(mark) as Mark;
  }

  /** Visits the columns of [t0, t1), `pixels` wide, that have marks. Nothing is allocated. */
  forEachVisible(lane: number, t0: number, t1: number, pixels: number, visit: MarkVisitor): void {
    const { ticks, records, kinds } = this.#lane(lane);
    const { items, length } = ticks;
    const perPixel = (t1 - t0) / pixels;
    let mark = lowerBound(items, t0, 0, length);
    while (mark < length && peek(items, mark) < t1) {
      const x = Math.min(pixels - 1, Math.floor((peek(items, mark) - t0) / perPixel));
      const next = Math.max(mark + 1, gallop(items, t0 + (x + 1) * perPixel, mark + 1, length));
      visit(x, kinds.at(mark) as Mark, records.at(mark), next - mark);
      mark = next;
    }
  }

  /** How a record is marked; NONE = not at all. */
  markOf(n: number): Mark {
    const { log } = this;
    switch (log.kind(n)) {
      case Kind.LOAD:
        return Mark.LOAD;
      case Kind.STORE:
        return Mark.STORE;
      case Kind.PRINT:
        return Mark.PRINT;
      case Kind.SEND:
        return Mark.SEND;
      case Kind.RECEIVE:
        return Mark.RECEIVE;
      case Kind.DONE:
        return log.a(n) === Outcome.OK ? markOfOperation(log.aux(n)) : Mark.NONE;
      default:
        return Mark.NONE;
    }
  }

  protected restart(): void {
    this.#lanes.length = 0;
  }

  protected read(from: number, to: number): void {
    const { log } = this;
    for (let n = from; n < to; n += 1) {
      const mark = this.markOf(n);
      const tid = log.tid(n);
      if (mark === Mark.NONE || tid <= 0) continue;
      while (this.#lanes.length <= tid) this.#lanes.push(new MarkLane());
      const lane = this.#lane(tid);
      lane.ticks.push(log.tick(n));
      lane.records.push(n);
      lane.kinds.push(mark);
    }
  }

  #lane(lane: number): MarkLane {
    return this.#lanes[lane] ?? EMPTY;
  }
}

function markOfOperation(operation: number): Mark {
  switch (operation) {
    case Operation.ACQUIRE:
      return Mark.ACQUIRE;
    case Operation.RELEASE:
      return Mark.RELEASE;
    case Operation.SET:
      return Mark.SET;
    case Operation.CLEAR:
      return Mark.CLEAR;
    case Operation.NOTIFY:
    case Operation.NOTIFY_ALL:
      return Mark.NOTIFY;
    default:
      return Mark.NONE;
  }
}
