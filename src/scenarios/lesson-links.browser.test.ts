import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPythonMachine } from '../runtime/fixtures/python.fixture.ts';
import type { Machine } from '../ui/host/machine.ts';
import { specOf } from '../ui/state/run-spec.ts';
import { defaultView } from '../ui/state/view.ts';
import { comes } from './events.fixture.ts';
import { loadFiles } from './index.ts';
import { anchorsOf } from './lesson-links.fixture.ts';
import { PYTHON_LESSONS, pythonSource, replayOf } from './python-lessons.fixture.ts';

/** A text speaks of what the program of either language does. */
describe('in the run of the Python program', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await createPythonMachine();
  }, 120_000);
  afterAll(() => machine.dispose());

  test.each(PYTHON_LESSONS)(
    'every event comes that the text of %s links to',
    { timeout: 60_000 },
    async (id, scenario) => {
      const { text } = await loadFiles(id);
      const view = defaultView(scenario, 'py');
      const source = await pythonSource(view);
      await machine.kernel.load(specOf(view, 1, source));
      await machine.kernel.run({});
      const replay = replayOf(machine.memory);
      const missing = anchorsOf(text.en, 'py').filter((anchor) => !comes(replay, anchor, source));
      expect(missing).toEqual([]);
    },
  );
});
