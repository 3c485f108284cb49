import { InputKind, Kind } from '../abi/record.ts';
import { IntList } from './int-list.ts';
import { LogIndex } from './log-index.ts';

/** The sizes that a pool was given from outside while it ran. */
export class PoolSizes extends LogIndex {
  readonly #records = new IntList(8);
  readonly #sizes = new IntList(8);

  /** The last one within the first `record` records; null: it has the size that the program gave it. */
  at(record: number): number | null {
    const changes = this.#records.countBelow(record);
    return changes === 0 ? null : this.#sizes.at(changes - 1);
  }

  protected restart(): void {
    this.#records.clear();
    this.#sizes.clear();
  }

  protected read(from: number, to: number): void {
    const { log } = this;
    for (let n = from; n < to; n += 1) {
      if (log.kind(n) !== Kind.INPUT || log.aux(n) !== InputKind.POOL) continue;
      this.#records.push(n);
      this.#sizes.push(log.a(n));
    }
  }
}
