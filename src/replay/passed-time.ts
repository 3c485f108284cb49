import { IntList } from './int-list.ts';
import { LogIndex } from './log-index.ts';

/**
 * How much time has passed after n records. In a live run records of threads that run side by side come a little out of
 * the order of their times (and a sleeper writes, when it is back, since when it was Ready); the clock never goes back.
 */
export class PassedTime extends LogIndex {
  readonly #times = new IntList(1024);
  #last = 0;

  /** Time after the first `record` records. Precondition: no more than were read. */
  after(record: number): number {
    return record <= 0 ? 0 : this.#times.at(record - 1);
  }

  /** Records after which less than `time` has passed. */
  recordsBefore(time: number): number {
    return this.#times.countBelow(time);
  }

  protected restart(): void {
    this.#times.clear();
    this.#last = 0;
  }

  protected read(from: number, to: number): void {
    for (let n = from; n < to; n += 1) {
      this.#last = Math.max(this.#last, this.log.tick(n));
      this.#times.push(this.#last);
    }
  }
}
