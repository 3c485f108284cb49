import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPythonMachine } from '../runtime/fixtures/python.fixture.ts';
import type { Machine } from '../ui/host/machine.ts';
import { defaultView } from '../ui/state/view.ts';
import { PYTHON_LESSONS, runLesson } from './python-lessons.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 120_000);
afterAll(() => machine.dispose());

/** Lessons whose point is that it depends on the moment: also how they may end. */
const MAY_END: Readonly<Record<string, readonly string[]>> = {
  deadlock: ['deadlock'],
  philosophers: ['deadlock'],
  rlock: ['deadlock'],
};
/** And which may complain: who reads half a message finds nonsense. */
const MAY_COMPLAIN: readonly string[] = ['pipe'];

test.each(PYTHON_LESSONS)(
  'the Python program of %s comes to its end in live mode',
  { timeout: 60_000 },
  async (id, scenario) => {
    const view = { ...defaultView(scenario, 'py'), mode: 'live' as const };
    const { status, stderr } = await runLesson(machine, view, 2);
    expect(['finished', ...(MAY_END[id] ?? [])], stderr).toContain(status.state);
    if (!MAY_COMPLAIN.includes(id)) expect(stderr).toBe('');
  },
);
