import type { Measured, Quantity } from '../../abi/quantities.ts';
import type { RunSpec } from '../../abi/remote.ts';
import { NO_SCHEDULE } from '../../abi/config.ts';
import type { Experiment } from '../../scenarios/scenario.ts';
import { specOf } from './run-spec.ts';
import type { View } from './view.ts';

/** One run, and what is taken from it. */
export interface PlannedRun {
  /** Index of the value on the x axis. */
  readonly point: number;
  readonly spec: RunSpec;
  readonly targets: readonly Target[];
}

/** One number of a run, for one curve. */
export interface Target {
  readonly series: number;
  readonly measure: Quantity;
  readonly of: Measured;
}

/**
 * All runs of the lesson's experiment, with everything that it does not vary as it is set now, but always of the TypeScript
 * program: dozens of runs, and interpreters for each, would take minutes; curves that need the same run
 * share it. Round by round rather than point by point: if the machine is busy for a while, all points suffer, and the median
 * forgets it.
 */
export function planOf(experiment: Experiment, view: View, cores: number): readonly PlannedRun[] {
  const rounds = experiment.mode === 'live' ? experiment.repeats : 1;
  const round = experiment.values.flatMap((value, point) =>
    runsAt(experiment, view, cores, value).map(({ spec, targets }) => ({ point, spec, targets })),
  );
  return Array.from({ length: rounds }, () => round).flat();
}

type RunAt = Omit<PlannedRun, 'point'>;

/** The runs that the curves need at one value, each once. */
function runsAt(experiment: Experiment, view: View, cores: number, value: number): readonly RunAt[] {
  const runs = new Map<string, { readonly spec: RunSpec; readonly targets: Target[] }>();
  experiment.series.forEach(({ measure, of = 'all', parameters, machine }, series) => {
    const changed: View = {
      ...view,
      engine: 'ts',
      mode: experiment.mode,
      schedule: NO_SCHEDULE,
      parameters: { ...view.parameters, ...parameters },
      config: { ...view.config, ...machine },
    };
    const spec = specOf(varied(changed, experiment, value), cores, '');
    const key = JSON.stringify(spec);
    const run = runs.get(key) ?? { spec, targets: [] };
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

/** Equal for plans that would measure the same. */
export function keyOf(plan: readonly PlannedRun[]): string {
  return JSON.stringify(plan.map(({ spec, targets }) => [spec, targets]));
}

/** The value that half of them do not reach; null of nothing. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1];
  const high = sorted[Math.floor(middle)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
