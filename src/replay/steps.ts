import { InputKind, Kind } from '../abi/record.ts';
import { IntList } from './int-list.ts';
import { LogIndex } from './log-index.ts';
import type { LogStore } from './log-store.ts';
import { stateAfter, ThreadState } from './thread-state.ts';

/** Kinds that the kernel writes between steps only: whatever follows such a record was done for the next step. */
function opensGroup(kind: number): boolean {
  switch (kind) {
    case Kind.READY:
    case Kind.DISPATCHED:
    case Kind.PREEMPTED:
    case Kind.LINE:
    case Kind.PICK:
    case Kind.INPUT:
    case Kind.BOOST:
      return true;
    default:
      return false;
  }
}

/** The dispatch phase begins with this record. */
function isChoice(log: LogStore, n: number): boolean {
  const kind = log.kind(n);
  if (kind === Kind.INPUT) return log.aux(n) === InputKind.PICK;
  return kind === Kind.PREEMPTED || kind === Kind.PICK || kind === Kind.DISPATCHED || kind === Kind.LINE;
}

/**
 * Where a user stands who has made k steps: at the end of step k, or, with `restsAtChoice`, where the scheduler chooses
 * for the step after it.
 *
 * The rule. Step k begins with its LINE record. Its group goes on until the first record that has a later tick or is of
 * a kind that only occurs between steps (`opensGroup`); this record's number is the end of step k. So the start of a
 * tick, the dispatches and the free way of the threads dispatched (which follows their DISPATCHED) belong to the next
 * step, and the wake-ups, starts and terminations that a step causes belong to it. An END that follows directly belongs
 * to the last step: after it one sees that the run is over. The end of step 0 is the first record of those kinds: what
 * exists before anything was dispatched. Boundaries ascend strictly, because each group holds its own LINE, and the
 * choice for a step comes before its LINE.
 *
 * A live run has no steps: threads run side by side. There one moves from one change of a state to the next; each counts as
 * a step, and what the threads do until the next one belongs to it.
 *
 * The last group is open while the log grows: it ends where the log ends. A run may end without a step (a thread that
 * is woken and returns): this tail has no number of its own, but `nextBoundary` leads behind it.
 */
export class StepIndex extends LogIndex {
  /**
   * A user rests where the scheduler chooses, so that all whom the next pick can take are seen to be Ready: who was
   * due, woken or created has become Ready, nobody has been preempted or dispatched yet. Else right behind the step, before
   * the next tick begins.
   */
  restsAtChoice = false;
  /** Record number of the LINE (live: the change of a state) that begins step k, at k − 1. */
  readonly #lines = new IntList(1024);
  /** End of step k, at k − 1, as far as closed. */
  readonly #ends = new IntList(1024);
  #start = -1;
  #open = false;
  #over = false;
  #tick = 0;

  /** Steps begun so far. */
  get count(): number {
    return this.#lines.length;
  }

  /** Number of records at which a user who has made `step` steps stands. Clamped to 0 … count. */
  boundary(step: number): number {
    let n = this.#endOf(step);
    if (this.restsAtChoice) while (n < this.records && !isChoice(this.log, n)) n += 1;
    return n;
  }

  #endOf(step: number): number {
    if (step <= 0) return this.#start < 0 ? this.records : this.#start;
    const index = Math.min(step, this.#lines.length) - 1;
    if (index < 0) return this.#endOf(0);
    return index < this.#ends.length ? this.#ends.at(index) : this.records;
  }

  /** Steps begun in the first `record` records. */
  stepAt(record: number): number {
    return this.#lines.countBelow(record);
  }

  /** The record that begins step 1 … count. */
  lineOf(step: number): number {
    return this.#lines.at(step - 1);
  }

  /**
   * The first boundary after `record`; behind the last step the end of the log if the run is over, else `record`
   * itself: more must be executed first.
   */
  nextBoundary(record: number): number {
    // Boundary k lies behind the LINE of step k, and before that of step k + 1: only two come into question.
    const step = this.stepAt(record);
    const here = this.boundary(step);
    if (here > record) return here;
    if (step < this.#lines.length) return this.boundary(step + 1);
    return this.#over ? Math.max(record, this.records) : record;
  }

  /** The last boundary before `record`; at or before boundary 0 the record itself. */
  previousBoundary(record: number): number {
    const step = this.stepAt(record);
    const here = this.boundary(step);
    if (here < record) return here;
    return step === 0 ? record : this.boundary(step - 1);
  }

  protected restart(): void {
    this.#lines.clear();
    this.#ends.clear();
    this.#start = -1;
    this.#open = false;
    this.#over = false;
  }

  protected read(from: number, to: number): void {
    if (this.log.live) this.#readLive(from, to);
    else this.#readStepped(from, to);
  }

  #readLive(from: number, to: number): void {
    const { log } = this;
    for (let n = from; n < to; n += 1) {
      const kind = log.kind(n);
      this.#over = kind === Kind.END;
      if (this.#start < 0 && kind === Kind.READY) this.#start = n;
      if (this.#start < 0 || stateAfter(kind) === ThreadState.NONE) continue;
      if (this.#open) this.#ends.push(n);
      this.#open = true;
      this.#lines.push(n);
    }
  }

  #readStepped(from: number, to: number): void {
    const { log } = this;
    for (let n = from; n < to; n += 1) {
      const kind = log.kind(n);
      const opens = opensGroup(kind);
      this.#over = kind === Kind.END;
      if (opens && this.#start < 0) this.#start = n;
      if (this.#open && kind !== Kind.END && (opens || log.tick(n) > this.#tick)) {
        this.#ends.push(n);
        this.#open = false;
      }
      if (kind !== Kind.LINE) continue;
      this.#lines.push(n);
      this.#open = true;
      this.#tick = log.tick(n);
    }
  }
}
