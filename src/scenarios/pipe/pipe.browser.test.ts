import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FixtureRun } from '../../runtime/fixtures/lab.fixture.ts';
import { createPythonMachine } from '../../runtime/fixtures/python.fixture.ts';
import type { Machine } from '../../ui/host/machine.ts';
import { defaultView } from '../../ui/state/view.ts';
import { runLesson } from '../python-lessons.fixture.ts';
import type { ParameterValues } from '../scenario.ts';
import { pipe } from './scenario.ts';

describe('two Python readers of one pipe', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await createPythonMachine();
  }, 120_000);
  afterAll(() => machine.dispose());

  function run(parameters: ParameterValues): Promise<FixtureRun> {
    const base = defaultView(pipe, 'py');
    const view = { ...base, parameters: { ...base.parameters, ...parameters } };
    return runLesson(machine, view);
  }

  test('tear message 2 apart as the lesson opens, as its text says', async () => {
    const { stdout, stderr } = await run({});
    expect(stdout).toBe('Reader 1 got message 1\nReader 1 has come to the end\n');
    expect(stderr).toContain('Process R2:');
    expect(stderr).toContain('UnpicklingError');
  });

  test('get every message whole with the lock', async () => {
    const { stdout, stderr } = await run({ locked: true });
    expect(stderr).toBe('');
    for (const n of [1, 2, 3, 4]) expect(stdout.split(`got message ${n}\n`)).toHaveLength(2);
  });
});
