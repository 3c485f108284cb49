import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPythonMachine } from '../runtime/fixtures/python.fixture.ts';
import { LogStore } from '../replay/log-store.ts';
import { Replay } from '../replay/replay.ts';
import type { Machine } from '../ui/host/machine.ts';
import { programValues, runsIn, specOf } from '../ui/state/run-spec.ts';
import { defaultView } from '../ui/state/view.ts';
import { comes } from './events.fixture.ts';
import { loadFiles, SCENARIOS } from './index.ts';
import { withConstants } from './python-constants.ts';
import { anchorsOf } from './lesson-links.fixture.ts';

/** A text speaks of what the program of either language does. */
describe('in the run of the Python program', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await createPythonMachine();
  }, 120_000);
  afterAll(() => machine.dispose());

  const lessons = SCENARIOS.filter((scenario) => runsIn(scenario, 'py'));

  test.each(lessons.map((scenario) => [scenario.id, scenario] as const))(
    'every event comes that the text of %s links to',
    { timeout: 60_000 },
    async (id, scenario) => {
      const { py, text } = await loadFiles(id);
      const view = defaultView(scenario, 'py');
      const source = withConstants(py.source, programValues(view));
      await machine.kernel.load(specOf(view, 1, source));
      await machine.kernel.run({});
      const log = new LogStore();
      log.take(machine.memory);
      const replay = new Replay(log);
      replay.extend();
      const missing = anchorsOf(text.en, 'py').filter((anchor) => !comes(replay, anchor, source));
      expect(missing).toEqual([]);
    },
  );
});
