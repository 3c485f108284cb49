import { asTid, type Tid } from '../../../base/ids.ts';
import { Kind } from '../../../abi/record.ts';
import { ThreadKind } from '../../../abi/slot.ts';
import { HolderSpans } from './holder-spans.ts';

/**
 * Python engine: who holds the interpreter lock of each process, when: the thread of it that is Running. A row for each process that had
 * more than one thread of the program's, in the order of their second threads.
 */
export class InterpreterSpans extends HolderSpans {
  /** By tid. */
  readonly #pids: number[] = [];
  /** By pid: the process's main thread. */
  readonly #mains: Tid[] = [];
  /** By pid: the row of its lock. */
  readonly #rowOf: number[] = [];
  readonly #pidOf: number[] = [];
  /** By pid: since when which thread holds a lock that has no row yet. */
  readonly #early: { time: number; tid: number }[] = [];
  /** By tid: the tick of its last step. */
  readonly #stepped: number[] = [];

  /** The main thread of the process whose lock has this row. */
  processOf(row: number): Tid | null {
    return this.#mains[this.#pidOf[row] ?? -1] ?? null;
  }

  protected override restart(): void {
    super.restart();
    for (const list of [this.#pids, this.#mains, this.#rowOf, this.#pidOf, this.#early, this.#stepped]) list.length = 0;
  }

  protected read(from: number, to: number): void {
    const { log } = this;
    for (let n = from; n < to; n += 1) {
      const time = log.tick(n);
      const tid = log.tid(n);
      if (time > this.end) this.end = time;
      switch (log.kind(n)) {
        case Kind.CREATED:
          this.#create(tid, log.a(n), log.aux(n));
          break;
        case Kind.LINE:
          if (log.live) break;
          this.#stepped[tid] = time;
          this.end = time + 1;
          break;
        case Kind.DISPATCHED:
          this.#hold(tid, time, tid);
          break;
        case Kind.PREEMPTED:
          this.#hold(tid, time, 0);
          break;
        case Kind.BLOCKED:
        case Kind.TERMINATED:
          this.#hold(tid, this.#stepped[tid] === time ? time + 1 : time, 0);
          break;
        default:
      }
    }
  }

  #create(tid: number, pid: number, kind: number): void {
    this.#pids[tid] = pid;
    if (kind === ThreadKind.PROCESS) this.#mains[pid] = asTid(tid);
    if (kind !== ThreadKind.THREAD || this.#rowOf[pid] !== undefined) return;
    const row = this.#pidOf.push(pid) - 1;
    this.#rowOf[pid] = row;
    const early = this.#early[pid];
    this.begin(row, early?.time ?? 0, early?.tid ?? 0);
  }

  #hold(tid: number, time: number, holder: number): void {
    const pid = this.#pids[tid] ?? 0;
    const row = this.#rowOf[pid];
    if (row === undefined) this.#early[pid] = { time, tid: holder };
    else this.begin(row, time, holder);
  }
}
