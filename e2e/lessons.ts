import { SCENARIOS } from '../src/scenarios/index.ts';
import { CUSTOM } from '../src/ui/state/view.ts';
import { runsIn } from '../src/ui/state/run-spec.ts';

/** Ids of all lessons that bring a TypeScript program, in teaching order. */
export const LESSONS = SCENARIOS.filter((scenario) => runsIn(scenario, 'ts')).map(({ id }) => id);

/** Ids of all lessons that bring a Python program, without the reader's own program. */
export const LESSONS_IN_PYTHON = SCENARIOS.filter((scenario) => runsIn(scenario, 'py') && scenario.id !== CUSTOM).map(
  ({ id }) => id,
);

/** Ids of those that are in Python only. */
export const ONLY_IN_PYTHON = LESSONS_IN_PYTHON.filter((id) => !LESSONS.includes(id));
