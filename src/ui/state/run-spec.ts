import { MACHINE_RANGES, NO_SCHEDULE } from '../../abi/config.ts';
import { DEFAULT_HOSTS } from '../../abi/limits.ts';
import type { RunSpec } from '../../abi/remote.ts';
import { programParameters } from '../../scenarios/parameters.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { CUSTOM, type View } from './view.ts';

/** This version runs TypeScript; a lesson without a TypeScript program can only be read. */
export function runsHere(scenario: Scenario): boolean {
  return scenario.id !== CUSTOM && (scenario.engines?.includes('ts') ?? true);
}

/** What the kernel gets to run this view. `cores`: of this machine; in live mode they are what there is. */
export function specOf({ scenario, parameters, pool, config, schedule, mode }: View, cores: number): RunSpec {
  const { min, max } = MACHINE_RANGES.cpus;
  return {
    program: scenario.id,
    parameters: { ...programParameters(scenario, parameters), ...(pool === null ? {} : { pool }) },
    machine: mode === 'live' ? { ...config, cpus: Math.min(Math.max(cores, min), max) } : config,
    schedule: mode === 'live' ? NO_SCHEDULE : schedule,
    mode,
    stepBy: scenario.stepBy,
    launcher: scenario.launcher,
    muted: false,
    // The launcher's host is free again before the others run, but it is needed while it starts them.
    hosts: DEFAULT_HOSTS + (scenario.launcher ? 1 : 0),
  };
}
