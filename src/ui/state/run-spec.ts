import { MACHINE_RANGES, NO_SCHEDULE } from '../../abi/config.ts';
import { DEFAULT_HOSTS } from '../../abi/limits.ts';
import type { RunSpec } from '../../abi/remote.ts';
import { programParameters } from '../../scenarios/parameters.ts';
import type { ParameterValues, Scenario } from '../../scenarios/scenario.ts';
import type { Engine } from './lab.ts';
import type { View } from './view.ts';

/** As many as the largest lesson starts, with some to spare. Each takes some fifty megabytes before its program has taken any. */
const INTERPRETERS = 24;

/** As the listing calls it. Not after the lesson: a `queue.py` would stand before CPython's own module `queue`. */
export const PROGRAM = 'program.py';

/** The lesson has a program for this engine. */
export function runsIn(scenario: Scenario, engine: Engine): boolean {
  return scenario.engines?.includes(engine) ?? true;
}

/** What the lesson's program gets, the size of its pool included. */
export function programValues({ scenario, parameters, pool }: View): ParameterValues {
  return { ...programParameters(scenario, parameters), ...(pool === null ? {} : { pool }) };
}

/** What the kernel gets to run this view. `cores`: of this machine; in live mode they are what there is. `python`: source. */
export function specOf(view: View, cores: number, python: string): RunSpec {
  const { scenario, config, schedule, mode, engine } = view;
  const { min, max } = MACHINE_RANGES.cpus;
  const spec = {
    machine: mode === 'live' ? { ...config, cpus: Math.min(Math.max(cores, min), max) } : config,
    schedule: mode === 'live' ? NO_SCHEDULE : schedule,
    mode,
    stepBy: scenario.stepBy,
    launcher: scenario.launcher,
    muted: false,
  };
  if (engine === 'py') {
    const stepBy = view.stepBy === 'bytecode' ? view.stepBy : spec.stepBy;
    const files = { [PROGRAM]: python };
    // Python has no launcher: its main process is the parent, and is shown.
    return { ...spec, launcher: false, stepBy, program: PROGRAM, parameters: {}, hosts: INTERPRETERS, engine, files };
  }
  return {
    ...spec,
    program: scenario.id,
    parameters: programValues(view),
    // The launcher's host is free again before the others run, but it is needed while it starts them.
    hosts: DEFAULT_HOSTS + (scenario.launcher ? 1 : 0),
  };
}
