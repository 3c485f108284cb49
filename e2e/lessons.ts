import { SCENARIOS } from '../src/scenarios/index.ts';
import { runsIn } from '../src/ui/state/run-spec.ts';

/** Ids of all lessons that bring a program, in teaching order. */
export const LESSONS = SCENARIOS.filter((scenario) => runsIn(scenario, 'ts')).map(({ id }) => id);
