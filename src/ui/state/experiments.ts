import { Control } from '../../abi/control.ts';
import type { RunSpec } from '../../abi/remote.ts';
import { LogStore } from '../../replay/log-store.ts';
import { quantityOf } from '../../replay/quantity.ts';
import { Replay } from '../../replay/replay.ts';
import type { Experiment } from '../../scenarios/scenario.ts';
import { say } from '../texts/translate.ts';
import { keyOf, medianOf, specWith, type PlannedRun } from './experiment-plan.ts';
import type { Machine } from './execution.ts';
import type { Boot, ExperimentState } from './lab.ts';
import { Refusal, wordsOf } from './refusal.ts';

/** A machine of its own for series of runs: what is shown, and may be going on live, is not disturbed. */
export interface OwnMachine extends Machine {
  dispose(): void;
}

/** How often the log of a run is copied, so that its writers never wait for room. */
const COPY_MS = 40;

/**
 * Series of runs, one after the other on a machine of their own. It is there only while they run, because a second set of
 * parked hosts and a second shared memory cost more than the third of a second that they take to start. Results are kept for the
 * visit.
 */
export class Experiments {
  readonly #openMachine: () => Promise<OwnMachine>;
  /** Called after every run. */
  readonly #onChange: () => void;
  readonly #results = new Map<string, ExperimentState>();
  #machine: OwnMachine | null = null;
  /** Gives up waiting for Python. */
  #waiting: AbortController | null = null;
  #isBusy = false;
  #isStopped = false;

  constructor(openMachine: () => Promise<OwnMachine>, onChange: () => void) {
    this.#openMachine = openMachine;
    this.#onChange = onChange;
  }

  /** A series is under way; there is one at a time. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** What is known of these runs; null: nothing was measured yet. */
  of(plan: readonly PlannedRun[]): ExperimentState | null {
    return this.#results.get(keyOf(plan)) ?? null;
  }

  /**
   * Resolves when the series is done, stopped or broken off; at once when another one is under way. `python`: the source of the lesson's
   * Python program, asked for when it is needed.
   */
  async measure(experiment: Experiment, plan: readonly PlannedRun[], python: () => Promise<string>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#isStopped = false;
    const series = new Series(experiment, plan.length);
    const tell = (state: ExperimentState): void => {
      this.#results.set(keyOf(plan), state);
      this.#onChange();
    };
    tell(series.state('running'));
    let end: ExperimentState;
    try {
      end = await this.#measureAll(experiment, plan, series, tell, python);
    } catch (error) {
      end = series.broken(error);
    }
    this.#machine?.dispose();
    this.#machine = null;
    this.#isBusy = false;
    tell(end);
  }

  stop(): void {
    this.#isStopped = true;
    this.#waiting?.abort();
    if (this.#machine !== null) Atomics.store(this.#machine.memory.words, Control.PAUSE, 1);
  }

  async #measureAll(
    experiment: Experiment,
    plan: readonly PlannedRun[],
    series: Series,
    tell: (state: ExperimentState) => void,
    python: () => Promise<string>,
  ): Promise<ExperimentState> {
    const machine = await this.#openMachine();
    this.#machine = machine;
    let source = '';
    if (plan.some(({ constants }) => constants !== null)) {
      const isReady = await this.#prepare(machine, (boot) => tell(series.state('running', { boot })));
      if (!isReady) return series.state('stopped');
      source = await python();
    }
    for (const planned of plan) {
      const values = this.#isStopped ? [] : await this.#run(machine, experiment, planned, specWith(planned, source));
      if (this.#isStopped) return series.state('stopped');
      series.add(planned, values);
      tell(series.state('running'));
    }
    return series.state('done');
  }

  /** Waits for the interpreters. False: it was stopped. @throws Error when they cannot be had */
  async #prepare({ python }: OwnMachine, tell: (boot: Boot) => void): Promise<boolean> {
    if (python === undefined) throw new Error('this machine has no interpreter');
    if (this.#isStopped) return false;
    const waiting = new AbortController();
    this.#waiting = waiting;
    try {
      await python.prepare(tell, waiting.signal);
    } catch (error) {
      if (!this.#isStopped) throw error;
    } finally {
      this.#waiting = null;
    }
    return !this.#isStopped;
  }

  /** One value a target. @throws Refusal when the run does not come to its end. */
  async #run(
    { kernel, memory }: OwnMachine,
    experiment: Experiment,
    { point, targets }: PlannedRun,
    spec: RunSpec,
  ): Promise<readonly (number | null)[]> {
    const log = new LogStore();
    await kernel.load(spec);
    // A stop that came while it was loaded would be forgotten by `run`.
    if (this.#isStopped) return [];
    const timer = setInterval(() => log.take(memory), COPY_MS);
    try {
      const { state } = await kernel.run({});
      log.take(memory);
      if (state !== 'finished' && !this.#isStopped) {
        const values = { x: experiment.x, value: experiment.values[point] ?? 0, outcome: state };
        throw new Refusal({ key: 'plot.failed.run', values });
      }
    } finally {
      clearInterval(timer);
    }
    const replay = new Replay(log, spec.machine.cpus);
    replay.extend();
    return targets.map(({ measure, of }) => quantityOf(replay, measure, of));
  }
}

/** The values of one series of runs so far. */
class Series {
  readonly #values: readonly (readonly number[][])[];
  readonly #count: number;
  #done = 0;

  constructor({ series, values }: Experiment, count: number) {
    this.#values = series.map(() => values.map(() => []));
    this.#count = count;
  }

  add({ point, targets }: PlannedRun, values: readonly (number | null)[]): void {
    targets.forEach(({ series }, target) => {
      const value = values[target] ?? null;
      if (value !== null) this.#values[series]?.[point]?.push(value);
    });
    this.#done += 1;
  }

  state(state: ExperimentState['state'], more: Partial<ExperimentState> = {}): ExperimentState {
    const points = this.#values.map((series) => series.map(medianOf));
    return { state, done: this.#done, count: this.#count, points, boot: null, message: null, ...more };
  }

  broken(error: unknown): ExperimentState {
    const why = error instanceof Refusal ? { zh: say(error.said, 'zh'), en: say(error.said, 'en') } : wordsOf(error);
    return this.state('failed', { message: { key: 'plot.failed', values: { message: why } } });
  }
}
