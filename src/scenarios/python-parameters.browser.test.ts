import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPythonMachine } from '../runtime/fixtures/python.fixture.ts';
import type { Machine } from '../ui/host/machine.ts';
import { defaultView, type View } from '../ui/state/view.ts';
import { PYTHON_LESSONS, runLesson } from './python-lessons.fixture.ts';
import type { Scenario } from './scenario.ts';
import { workload } from './workload/scenario.ts';

/** The lesson with the least, or the most, that every one of its parameters and its pool allow. */
function viewAt(scenario: Scenario, bound: 'min' | 'max'): View {
  const view = defaultView(scenario, 'py');
  const bounds = Object.entries(scenario.parameters).flatMap(([name, parameter]) => {
    const value = parameter.kind === 'integer' ? parameter[bound] : bound === 'max';
    return parameter.kind === 'integer' || parameter.kind === 'boolean' ? [[name, value] as const] : [];
  });
  const parameters = { ...view.parameters, ...Object.fromEntries(bounds) };
  return { ...view, parameters, pool: scenario.pool?.[bound] ?? null };
}

describe('the Python program of a lesson', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await createPythonMachine();
  }, 120_000);
  afterAll(() => machine.dispose());

  test.each(PYTHON_LESSONS)(
    '%s ends with the least and with the most that its parameters allow, and is refused no process',
    { timeout: 120_000 },
    async (_id, scenario) => {
      for (const bound of ['min', 'max'] as const) {
        const { status, stderr } = await runLesson(machine, viewAt(scenario, bound));
        expect(['finished', 'deadlock'], bound).toContain(status.state);
        expect(stderr, bound).not.toContain('BlockingIOError');
      }
    },
  );

  test('workload says why it has fewer processes than jobs, if there are too many for interpreters', async () => {
    const jobs = Array.from({ length: 64 }, () => '0:i500').join(',');
    const { status, stderr } = await runLesson(machine, { ...defaultView(workload, 'py'), parameters: { jobs } });
    expect(status.state).toBe('finished');
    expect(stderr).toContain('BlockingIOError: [Errno 11] Resource temporarily unavailable');
    expect(stderr).toContain('Each process has an interpreter of its own here');
  }, 120_000);
});
