import { asTid, type Tid } from '../base/ids.ts';
import { IntList } from './int-list.ts';
import { LogIndex } from './log-index.ts';
import type { ThreadStateName } from './model.ts';
import { stateAfter, stateName, ThreadState } from './thread-state.ts';

/** A thread changed its state. */
export interface Transition {
  /** The record that says so. */
  readonly record: number;
  readonly tick: number;
  readonly tid: Tid;
  /** Null: it did not exist. */
  readonly from: ThreadStateName | null;
  readonly to: ThreadStateName | null;
  /** True: the cursor went back over it, so it is shown from its end to its beginning. */
  readonly reversed: boolean;
}

/** All state changes of the run, and those of each thread. */
export class Transitions extends LogIndex {
  readonly #all = new IntList(1024);
  readonly #byThread: IntList[] = [];

  /** The state changes that lie between two cursors, in the order in which the eye should see them. */
  between(from: number, to: number): Transition[] {
    const reversed = to < from;
    const first = this.#all.countBelow(Math.min(from, to));
    const end = this.#all.countBelow(Math.max(from, to));
    const found: Transition[] = [];
    for (let i = first; i < end; i += 1) found.push(this.#transition(this.#all.at(i), reversed));
    return reversed ? found.toReversed() : found;
  }

  /** The number of records after the thread's next state change, seen from a cursor; null = there is none yet. */
  next(tid: number, cursor: number): number | null {
    const own = this.#byThread[tid];
    const index = own?.countBelow(cursor) ?? 0;
    return own !== undefined && index < own.length ? own.at(index) + 1 : null;
  }

  /** The number of records after the thread's last state change that lies wholly before a cursor; null = none. */
  previous(tid: number, cursor: number): number | null {
    const own = this.#byThread[tid];
    const index = (own?.countBelow(cursor - 1) ?? 0) - 1;
    return own !== undefined && index >= 0 ? own.at(index) + 1 : null;
  }

  /** State changes of all threads. */
  get count(): number {
    return this.#all.length;
  }

  protected restart(): void {
    this.#all.clear();
    this.#byThread.length = 0;
  }

  protected read(from: number, to: number): void {
    const { log } = this;
    for (let n = from; n < to; n += 1) {
      const tid = log.tid(n);
      if (tid <= 0 || stateAfter(log.kind(n)) === ThreadState.NONE) continue;
      this.#all.push(n);
      while (this.#byThread.length <= tid) this.#byThread.push(new IntList(16));
      this.#byThread[tid]?.push(n);
    }
  }

  #transition(record: number, reversed: boolean): Transition {
    const { log } = this;
    const tid = log.tid(record);
    const own = this.#byThread[tid] as IntList;
    const index = own.countBelow(record);
    const before = index === 0 ? null : stateName(stateAfter(log.kind(own.at(index - 1))));
    const after = stateName(stateAfter(log.kind(record)));
    return {
      record,
      tick: log.tick(record),
      tid: asTid(tid),
      from: reversed ? after : before,
      to: reversed ? before : after,
      reversed,
    };
  }
}
