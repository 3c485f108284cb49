import type { Memory } from '../../abi/layout.ts';
import { Kind } from '../../abi/record.ts';
import type { Tid } from '../../base/ids.ts';
import type { Ticks } from '../../base/units.ts';
import { LogStore } from '../../replay/log-store.ts';
import { measuresAt } from '../../replay/measures.ts';
import type { MachineState, Measures } from '../../replay/model.ts';
import type { Output } from '../../replay/output.ts';
import { PoolSizes } from '../../replay/pool-sizes.ts';
import { Replay } from '../../replay/replay.ts';
import type { Unpacked } from '../../replay/trace.ts';
import type { StepIndex } from '../../replay/steps.ts';
import { derivedOf } from './derived.ts';

/** The log of the page with what the session asks of it. */
export class RunLog {
  readonly store = new LogStore();
  readonly replay = new Replay(this.store);
  #measures: Measures | null = null;
  #measured = -1;

  /** Shared with the views, like all that holds no place of its own in the log. */
  get output(): Output {
    return derivedOf(this.store).output;
  }

  get #steps(): StepIndex {
    return derivedOf(this.store).steps;
  }

  get records(): number {
    return this.store.count;
  }

  get steps(): number {
    return this.#steps.count;
  }

  /** Its last record says how the run ended. */
  get isOver(): boolean {
    return this.records > 0 && this.store.kind(this.records - 1) === Kind.END;
  }

  /** Where a run stands before its first step. */
  get start(): number {
    return this.boundary(0);
  }

  /** Where the run stands that has made all steps so far. The log may go on: the kernel opens the next tick at once. */
  get tip(): number {
    return this.isOver ? this.records : this.boundary(this.steps);
  }

  /** Copies what is new. */
  take(memory: Memory): void {
    if (this.store.take(memory) > 0) this.replay.extend();
  }

  /** Precondition: the memory carries a new run, or none. `restsAtChoice`: as in `StepIndex`. */
  restart(cpus: number, restsAtChoice = false): void {
    this.store.clear();
    this.#steps.restsAtChoice = restsAtChoice;
    this.replay.cpuCount = cpus;
    this.#measured = -1;
    this.replay.extend();
  }

  /** Shows a saved run. */
  load(saved: Unpacked, cpus: number): void {
    this.store.restore(saved);
    this.#steps.restsAtChoice = false;
    this.replay.cpuCount = cpus;
    this.#measured = -1;
    this.replay.extend();
  }

  at(record: number): MachineState {
    return this.replay.at(record);
  }

  /** Steps begun in the first `record` records. */
  stepAt(record: number): number {
    return this.#steps.stepAt(record);
  }

  /** Where a user stands who has made this many steps; clamped to those there are. */
  boundary(step: number): number {
    return this.#steps.boundary(step);
  }

  /** The last boundary before `record`; at or before boundary 0 the record itself. */
  previousBoundary(record: number): number {
    return this.#steps.previousBoundary(record);
  }

  /** The first boundary behind `record` that the log has; null = more must be executed first, or nothing more comes. */
  nextBoundary(record: number): number | null {
    const next = this.#steps.nextBoundary(record);
    return next > record ? next : null;
  }

  /** Tick of a step; -1 before the first. */
  tickOf(step: number): Ticks {
    return step === 0 ? -1 : this.store.tick(this.#steps.lineOf(step));
  }

  /** Workers that the pool was last given from outside; null: it has as many as the program gave it. */
  poolSizeAt(record: number): number | null {
    return derivedOf(this.store).of(PoolSizes).at(record);
  }

  /** At the last record; null before the first step. */
  get measures(): Measures | null {
    if (this.#measured !== this.records) {
      this.#measured = this.records;
      this.#measures = this.steps === 0 ? null : measuresAt(this.replay, this.records);
    }
    return this.#measures;
  }

  /** The cursor at a thread's next (1) or previous (-1) state change; null = there is none in the log. */
  changeOf(tid: Tid, cursor: number, direction: 1 | -1): number | null {
    const { transitions } = derivedOf(this.store);
    return direction === 1 ? transitions.next(tid, cursor) : transitions.previous(tid, cursor);
  }
}
