import type { Measured, Quantity } from '../../abi/quantities.ts';
import type { RunSpec } from '../../abi/remote.ts';
import { NO_SCHEDULE } from '../../abi/config.ts';
import { withConstants } from '../../scenarios/python-constants.ts';
import type { Experiment, ParameterValues } from '../../scenarios/scenario.ts';
import { PROGRAM, programValues, specOf } from './run-spec.ts';
import { firstEngine, type View } from './view.ts';

/** One run, and what is taken from it. */
export interface PlannedRun {
  /** Index of the value on the x axis. */
  readonly point: number;
  /** Of a Python program still without its source. */
  readonly spec: RunSpec;
  /** What the constants of the Python program are to be; null = the TypeScript program runs. */
  readonly constants: ParameterValues | null;
  readonly targets: readonly Target[];
}

/** One number of a run, for one curve. */
export interface Target {
  readonly series: number;
  readonly measure: Quantity;
  readonly of: Measured;
}

/**
 * All runs of the lesson's experiment, with everything that it does not vary as it is set now, but of the TypeScript program if there is
 * one and the experiment does not ask for the other: dozens of runs, and interpreters for each, would take minutes; curves that need
 * the same run share it. Round by round rather than point by point: if the machine is busy for a while, all points suffer, and the median
 * forgets it.
 */
export function planOf(experiment: Experiment, view: View, cores: number): readonly PlannedRun[] {
  const rounds = experiment.mode === 'live' ? experiment.repeats : 1;
  const round = experiment.values.flatMap((value, point) =>
    runsAt(experiment, view, cores, value).map((run) => ({ point, ...run })),
  );
  return Array.from({ length: rounds }, () => round).flat();
}

type RunAt = Omit<PlannedRun, 'point'>;

/** The runs that the curves need at one value, each once. */
function runsAt(experiment: Experiment, view: View, cores: number, value: number): readonly RunAt[] {
  const runs = new Map<string, RunAt & { readonly targets: Target[] }>();
  const engine = experiment.engine ?? firstEngine(view.scenario);
  experiment.series.forEach(({ measure, of = 'all', parameters, machine }, series) => {
    const changed: View = {
      ...view,
      engine,
      mode: experiment.mode,
      schedule: NO_SCHEDULE,
      parameters: { ...view.parameters, ...parameters },
      config: { ...view.config, ...machine },
    };
    const there = varied(changed, experiment, value);
    const spec = specOf(there, cores, '');
    const constants = engine === 'py' ? programValues(there) : null;
    const key = JSON.stringify([spec, constants]);
    const run = runs.get(key) ?? { spec, constants, targets: [] };
    run.targets.push({ series, measure, of });
    runs.set(key, run);
  });
  return [...runs.values()];
}

function varied(view: View, { vary }: Experiment, value: number): View {
  switch (vary.kind) {
    case 'pool':
      return { ...view, pool: value };
    case 'machine':
      return { ...view, config: { ...view.config, [vary.name]: value } };
    case 'parameter':
      return { ...view, parameters: { ...view.parameters, [vary.name]: value } };
  }
}

/** What the kernel gets. `python`: the source of the lesson's Python program. */
export function specWith({ spec, constants }: PlannedRun, python: string): RunSpec {
  return constants === null ? spec : { ...spec, files: { [PROGRAM]: withConstants(python, constants) } };
}

/** Equal for plans that would measure the same. */
export function keyOf(plan: readonly PlannedRun[]): string {
  return JSON.stringify(plan.map(({ spec, constants, targets }) => [spec, constants, targets]));
}

/** The value that half of them do not reach; null of nothing. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1];
  const high = sorted[Math.floor(middle)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
