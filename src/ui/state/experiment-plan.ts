import type { Quantity } from '../../abi/quantities.ts';
import type { RunSpec } from '../../abi/remote.ts';
import { NO_SCHEDULE } from '../../abi/config.ts';
import type { Experiment } from '../../scenarios/scenario.ts';
import { specOf } from './run-spec.ts';
import type { View } from './view.ts';

/** One run of a series, and where its result goes. */
export interface PlannedRun {
  readonly series: number;
  /** Index of the value on the x axis. */
  readonly point: number;
  readonly spec: RunSpec;
  readonly measure: Quantity;
}

/**
 * All runs of the lesson's experiment, with everything that it does not vary as it is set now. Round by round rather than
 * point by point: if the machine is busy for a while, all points suffer, and the median forgets it.
 */
export function planOf(experiment: Experiment, view: View, cores: number): readonly PlannedRun[] {
  const rounds = experiment.mode === 'live' ? experiment.repeats : 1;
  const runs: PlannedRun[] = [];
  for (let round = 0; round < rounds; round += 1) {
    experiment.values.forEach((value, point) => {
      experiment.series.forEach(({ measure, parameters, machine }, series) => {
        const changed: View = {
          ...view,
          mode: experiment.mode,
          schedule: NO_SCHEDULE,
          parameters: { ...view.parameters, ...parameters },
          config: { ...view.config, ...machine },
        };
        runs.push({ series, point, measure, spec: specOf(varied(changed, experiment, value), cores) });
      });
    });
  }
  return runs;
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
  return JSON.stringify(plan.map(({ spec, measure }) => [spec, measure]));
}

/** The value that half of them do not reach; null of nothing. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1];
  const high = sorted[Math.floor(middle)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
