import type { RunLog } from './run-log.ts';

/** Where the user stands in the log, and how steps lead through what is there of it. */
export class Cursor {
  readonly #log: RunLog;
  /** Records that have happened. */
  at = 0;
  /**
   * A record inside a step, from where the user began to step back: stepping forward rests there again, so that n steps back and n
   * forward lead to where one was, whatever record that is.
   */
  #departure: number | null = null;

  constructor(log: RunLog) {
    this.#log = log;
  }

  /** By a jump: where one came from is forgotten. */
  place(record: number): void {
    this.at = record;
    this.#departure = null;
  }

  back(count: number): void {
    const log = this.#log;
    if (log.boundary(log.stepAt(this.at)) !== this.at) this.#departure = this.at;
    for (let i = Math.min(count, log.steps + 1); i > 0; i -= 1) this.at = log.previousBoundary(this.at);
  }

  /** The step that is reached by so many more, which may not have been made yet; null: the cursor is already there. */
  advance(steps: number): number | null {
    const log = this.#log;
    const count = this.#returnTowardsDeparture(steps);
    if (count === 0) return null;
    const here = log.stepAt(this.at);
    // In the middle of a step the first of the steps is the rest of this one.
    return (this.at < log.boundary(here) ? here - 1 : here) + count;
  }

  /** The steps that are left when the cursor has come as far as the place of departure, if that lies ahead. */
  #returnTowardsDeparture(steps: number): number {
    const departure = this.#departure ?? this.at;
    let left = steps;
    for (; left > 0 && this.at < departure; left -= 1) {
      this.at = Math.min(departure, this.#log.nextBoundary(this.at) ?? departure);
    }
    if (left > 0) this.#departure = null;
    return left;
  }
}
