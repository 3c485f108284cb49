import type { Tid } from '../base/ids.ts';
import { Control } from '../abi/control.ts';
import { LAST_TICK, RECORD_LIMIT, STEP_LIMIT } from '../abi/limits.ts';
import type { KernelStatus, RunUntil } from '../abi/remote.ts';
import { executeStep } from './advance.ts';
import { Dispatcher } from './dispatch.ts';
import { readersOf } from './console.ts';
import type { Machine } from './machine.ts';
import { deadlockMessage, type Outcome } from './outcome.ts';
import { refuseWithoutPool } from './pool-size.ts';
import type { Run } from './run.ts';
import { ThreadState, type Thread } from './thread.ts';
import { nextEventAt, openTick, setTick } from './tick.ts';

/** Between two runs of the loop the machine rests before the dispatch phase of a tick, with this as the next CPU. */
const BEFORE_DISPATCH = -1;

/**
 * Stepped mode. The machine rests before the dispatch phase of a tick or between the steps of two CPUs; wherever it
 * rests and goes on, the log is the same.
 */
export class SteppedRun implements Run {
  readonly #machine: Machine;
  readonly #dispatcher: Dispatcher;
  readonly #outcome: Outcome;
  /** The CPU whose step is next in this tick. */
  #nextCpu = BEFORE_DISPATCH;
  #stepLimit = STEP_LIMIT;
  #recordLimit = RECORD_LIMIT;

  /** Precondition: the first threads exist (or `outcome` says why not). Opens tick 0. */
  constructor(machine: Machine, outcome: Outcome) {
    this.#machine = machine;
    this.#outcome = outcome;
    this.#dispatcher = new Dispatcher(machine);
    if (!outcome.isOver) this.#open(0);
  }

  get status(): KernelStatus {
    return this.#outcome.status(this.#machine);
  }

  run(until: RunUntil): KernelStatus {
    const outcome = this.#outcome;
    if (outcome.isOver) return this.status;
    if (outcome.state === 'limit') this.#raiseLimits();
    const wasWaiting = outcome.state === 'input';
    const lastStep = this.#machine.steps + (until.steps ?? Infinity);
    const lastRecord = until.records ?? Infinity;
    const lastTick = until.tick ?? Infinity;
    outcome.rest('paused');
    if (wasWaiting) this.#awaitSomebody();
    while (this.#isUnderWay && !this.#mustStop(lastStep, lastRecord, lastTick)) this.#advance();
    Atomics.store(this.#machine.words, Control.PAUSE, 0);
    return this.status;
  }

  pick(tid: Tid): KernelStatus {
    const thread = this.#machine.table.thread(tid);
    const state = thread?.state;
    if (this.#outcome.isOver || (state !== ThreadState.READY && state !== ThreadState.RUNNING)) {
      throw new Error(`thread ${tid} cannot be picked: it is neither Ready nor Running`);
    }
    this.#machine.book.addPick({ tick: this.#nextDispatch, tid });
    return this.status;
  }

  kill(pid: number): KernelStatus {
    const { book, table, tick } = this.#machine;
    this.#outcome.refuseKillWhenOver(pid);
    if (pid <= 0 || table.livingProcess(pid) === undefined) {
      throw new Error(`there is no process ${pid} to end`);
    }
    book.addInput({ kind: 'kill', tick: tick + 1, pid });
    return this.status;
  }

  resizePool(size: number): KernelStatus {
    const { book, tick } = this.#machine;
    this.#outcome.refuseResizeWhenOver();
    refuseWithoutPool(this.#machine);
    book.addInput({ kind: 'pool', tick: tick + 1, size });
    return this.status;
  }

  typeLine(text: string | null): KernelStatus {
    const { book, tick } = this.#machine;
    this.#outcome.refuseLineWhenOver();
    book.addInput({ kind: 'line', tick: tick + 1, text });
    return this.status;
  }

  /** It can go on by itself. */
  get #isUnderWay(): boolean {
    return !this.#outcome.isOver && this.#outcome.state !== 'input';
  }

  get #nextDispatch(): number {
    return this.#nextCpu === BEFORE_DISPATCH ? this.#machine.tick : this.#machine.tick + 1;
  }

  #raiseLimits(): void {
    this.#stepLimit = this.#machine.steps + STEP_LIMIT;
    this.#recordLimit = this.#machine.log.count + RECORD_LIMIT;
  }

  /** Asked wherever the machine rests, so it must be cheap. */
  #mustStop(lastStep: number, lastRecord: number, lastTick: number): boolean {
    const { words, steps, tick, log } = this.#machine;
    if (steps >= lastStep || tick >= lastTick) return true;
    if (Atomics.load(words, Control.PAUSE) !== 0) return true;
    const records = log.count;
    if (records >= lastRecord) return true;
    if (steps >= this.#stepLimit) this.#outcome.rest('limit', `${STEP_LIMIT} steps`);
    else if (records >= this.#recordLimit) this.#outcome.rest('limit', `${RECORD_LIMIT} records`);
    else return false;
    return true;
  }

  /** To the next place of rest: one step further, or (if a tick had none) one tick. */
  #advance(): void {
    const { cpus } = this.#machine;
    if (this.#nextCpu === BEFORE_DISPATCH) {
      this.#dispatcher.fillCpus();
      this.#nextCpu = 0;
    }
    let cpu = nextBusy(cpus, this.#nextCpu);
    if (cpu >= 0) {
      executeStep(this.#machine, cpus[cpu] as Thread);
      // The step may have ended threads on the CPUs whose turn is yet to come.
      this.#dispatcher.fillIdle(cpu + 1);
      cpu = nextBusy(cpus, cpu + 1);
    }
    this.#nextCpu = cpu;
    if (cpu < 0) this.#open(this.#machine.tick + 1);
  }

  /** Opens this tick; if nobody can run in it, the next one in which something happens; if there is none, the run ends. */
  #open(tick: number): void {
    const machine = this.#machine;
    this.#nextCpu = BEFORE_DISPATCH;
    if (this.#endAtLastTick(tick)) return;
    setTick(machine, tick);
    if (this.#endIfEmpty()) return;
    openTick(machine, tick);
    this.#awaitSomebody();
  }

  /** Precondition: a tick is open. */
  #awaitSomebody(): void {
    const machine = this.#machine;
    while (machine.ready.length === 0 && !machine.anyRunning) {
      if (this.#endIfEmpty()) return;
      const next = nextEventAt(machine);
      if (next < 0) {
        this.#stop();
        return;
      }
      if (this.#endAtLastTick(next)) return;
      openTick(machine, next);
    }
  }

  /** Nobody can go on, nor will by itself. */
  #stop(): void {
    const machine = this.#machine;
    const threads = machine.table.livingThreads();
    const readers = readersOf(threads);
    if (readers.length === 0) this.#outcome.end(machine, 'deadlock', deadlockMessage(machine, threads));
    else this.#outcome.rest('input', `${readers.map(({ name }) => name).join(', ')}`);
  }

  /** Beyond it a word would count from below zero. */
  #endAtLastTick(tick: number): boolean {
    if (tick < LAST_TICK) return false;
    this.#outcome.end(this.#machine, 'failed', `the clock ends at tick ${LAST_TICK}`);
    return true;
  }

  #endIfEmpty(): boolean {
    if (this.#machine.table.living > 0) return false;
    this.#outcome.end(this.#machine, 'finished');
    return true;
  }
}

/** The first CPU from `from` on that carries a thread; -1: none. */
function nextBusy(cpus: readonly (Thread | null)[], from: number): number {
  for (let cpu = from; cpu < cpus.length; cpu += 1) if (cpus[cpu] !== null) return cpu;
  return -1;
}
