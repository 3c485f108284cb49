import type { Memory } from '../abi/layout.ts';
import { LogStore } from '../replay/log-store.ts';
import { Replay } from '../replay/replay.ts';
import { readLog, type FixtureRun } from '../runtime/fixtures/lab.fixture.ts';
import type { Machine } from '../ui/host/machine.ts';
import { programValues, runsIn, specOf } from '../ui/state/run-spec.ts';
import type { View } from '../ui/state/view.ts';
import { loadFiles, SCENARIOS } from './index.ts';
import { withConstants } from './python-constants.ts';
import type { Scenario } from './scenario.ts';

/** The lessons that have a Python program, by id. */
export const PYTHON_LESSONS: readonly (readonly [id: string, scenario: Scenario])[] = SCENARIOS.filter((scenario) =>
  runsIn(scenario, 'py'),
).map((scenario) => [scenario.id, scenario]);

/** The lesson's Python program, with the view's parameters in it. */
export async function pythonSource(view: View): Promise<string> {
  const { py } = await loadFiles(view.scenario.id);
  return withConstants(py.source, programValues(view));
}

/** Runs the lesson's program as this view has it, to its end. `cores`: what a live run has. */
export async function runLesson(machine: Machine, view: View, cores = 1): Promise<FixtureRun> {
  await machine.kernel.load(specOf(view, cores, await pythonSource(view)));
  const status = await machine.kernel.run({});
  return { status, ...readLog(machine) };
}

/** What a machine has run, whose log this memory holds. */
export function replayOf(memory: Memory, cpus?: number): Replay {
  const log = new LogStore();
  log.take(memory);
  const replay = new Replay(log, cpus);
  replay.extend();
  return replay;
}
