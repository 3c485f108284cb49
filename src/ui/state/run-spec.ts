import { DEFAULT_HOSTS } from '../../abi/limits.ts';
import type { RunSpec } from '../../abi/remote.ts';
import { programParameters } from '../../scenarios/parameters.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { CUSTOM, type View } from './view.ts';

/** This version runs TypeScript; a lesson without a TypeScript program can only be read. */
export function runsHere(scenario: Scenario): boolean {
  return scenario.id !== CUSTOM && (scenario.engines?.includes('ts') ?? true);
}

/** What the kernel gets to run this view. */
export function specOf({ scenario, parameters, config, schedule }: View): RunSpec {
  return {
    program: scenario.id,
    parameters: programParameters(scenario, parameters),
    machine: config,
    schedule,
    mode: 'stepped',
    stepBy: scenario.stepBy,
    launcher: scenario.launcher,
    muted: false,
    // The launcher's host is free again before the others run, but it is needed while it starts them.
    hosts: DEFAULT_HOSTS + (scenario.launcher ? 1 : 0),
  };
}
