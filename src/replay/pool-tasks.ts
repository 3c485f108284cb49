import { asTid } from '../base/ids.ts';
import { Kind, Operation, Outcome } from '../abi/record.ts';
import { IntList } from './int-list.ts';
import type { LogStore } from './log-store.ts';
import type { PoolView } from './model.ts';

/** Tasks that a view lists; of those behind them it has the number only. */
const MAX_WAITING = 64;

interface Task {
  readonly number: number;
  readonly submitted: number;
  begun: number;
  ended: number;
  by: number;
  /** Its worker ended before it was done. */
  lost: boolean;
}

/** What became of the tasks of one pool: by task, the records at which it was handed in, begun and done. */
export class PoolTasks {
  readonly #tasks: Task[] = [];
  readonly #byNumber = new Map<number, Task>();
  /** Which task a worker is at, at the end of the log. */
  readonly #current = new Map<number, Task>();
  readonly #resizes = new IntList(4);

  note(log: LogStore, n: number): void {
    const isCall = log.kind(n) === Kind.CALL;
    const number = isCall ? log.a(n) : log.b(n);
    const tid = log.tid(n);
    if (!isCall && log.a(n) !== Outcome.OK && log.aux(n) !== Operation.TASK) return;
    switch (log.aux(n)) {
      case Operation.SUBMIT:
        this.#task(number, n);
        return;
      case Operation.RESIZE:
        this.#resizes.push(n);
        return;
      case Operation.TASK: {
        if (isCall) {
          const task = this.#task(number, n);
          Object.assign(task, { begun: n, by: tid });
          this.#current.set(tid, task);
          return;
        }
        // The pool's handler says it of a worker that has died.
        const task = this.#byNumber.get(number) ?? this.#current.get(tid);
        if (task !== undefined) Object.assign(task, { ended: n, lost: log.a(n) === Outcome.FALSE });
        this.#current.delete(tid);
        return;
      }
      default:
    }
  }

  /** The pool after the first `record` records. */
  view(log: LogStore, record: number): PoolView {
    const waiting: number[] = [];
    const running: PoolView['running'][number][] = [];
    let [submitted, done, lost] = [0, 0, 0];
    let waits = 0;
    for (const task of this.#tasks) {
      if (task.submitted >= record) break;
      submitted += 1;
      if (task.begun >= record) {
        waits += 1;
        if (waiting.length < MAX_WAITING) waiting.push(task.number);
      } else if (task.ended >= record) {
        running.push({ task: task.number, by: asTid(task.by) });
      } else if (task.lost) {
        lost += 1;
      } else {
        done += 1;
      }
    }
    const resizes = this.#resizes.countBelow(record);
    return {
      size: resizes === 0 ? null : this.#sizeOf(log, resizes - 1),
      submitted,
      waiting,
      waits,
      running,
      done,
      lost,
    };
  }

  #sizeOf(log: LogStore, resize: number): number {
    const n = this.#resizes.at(resize);
    return log.kind(n) === Kind.CALL ? log.a(n) : log.b(n);
  }

  /** Handed in at record n, unless it is known already. */
  #task(number: number, n: number): Task {
    let task = this.#byNumber.get(number);
    if (task === undefined) {
      task = { number, submitted: n, begun: Infinity, ended: Infinity, by: 0, lost: false };
      this.#byNumber.set(number, task);
      this.#tasks.push(task);
    }
    return task;
  }
}
