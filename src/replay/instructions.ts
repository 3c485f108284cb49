import type { Tid } from '../base/ids.ts';
import { Kind } from '../abi/record.ts';
import { IntList } from './int-list.ts';
import { LogIndex } from './log-index.ts';

/** Of a LINE record: it says which instruction is executed. */
const NAMED = 1;

/** Which instruction each thread executes, where each is a step. */
export class Instructions extends LogIndex {
  readonly #steps = new Map<number, IntList>();

  /** Of the thread's last step among the first `record` records; null: a step is more than an instruction. */
  of(tid: Tid, record: number): string | null {
    const steps = this.#steps.get(tid);
    const taken = steps?.countBelow(record) ?? 0;
    return steps === undefined || taken === 0 ? null : this.log.text(this.log.c(steps.at(taken - 1)));
  }

  protected override restart(): void {
    this.#steps.clear();
  }

  protected override read(from: number, to: number): void {
    const { log } = this;
    for (let n = from; n < to; n += 1) {
      if (log.kind(n) !== Kind.LINE || log.aux(n) !== NAMED) continue;
      const tid = log.tid(n);
      const steps = this.#steps.get(tid) ?? new IntList(64);
      this.#steps.set(tid, steps);
      steps.push(n);
    }
  }
}
