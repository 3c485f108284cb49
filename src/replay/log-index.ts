import type { LogStore } from './log-store.ts';

/**
 * Something derived from the log that grows with it: `extend` reads what came since the last call. When the log was
 * cleared, it starts again. Queries answer for the records read so far.
 */
export abstract class LogIndex {
  readonly log: LogStore;
  #records = 0;
  #generation: number;

  constructor(log: LogStore) {
    this.log = log;
    this.#generation = log.generation;
  }

  /** Records read so far. */
  get records(): number {
    return this.#records;
  }

  extend(): void {
    if (this.#generation !== this.log.generation) {
      this.#generation = this.log.generation;
      this.#records = 0;
      this.restart();
    }
    const from = this.#records;
    if (from === this.log.count) return;
    this.#records = this.log.count;
    this.read(from, this.#records);
  }

  protected abstract restart(): void;
  protected abstract read(from: number, to: number): void;
}
