import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Machine } from '../../ui/host/machine.ts';
import { MANAGERS } from '../fixtures/docs-managers.fixture.ts';
import { PROCESSES } from '../fixtures/docs-processes.fixture.ts';
import { THREADS } from '../fixtures/docs-threads.fixture.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 240_000);
afterAll(() => machine.dispose());

describe.each([
  ['multiprocessing', [...PROCESSES, ...MANAGERS]],
  ['threading', THREADS],
] as const)('examples of the chapter %s print what python3 prints', (_, examples) => {
  test.each(examples)('$shows', async ({ source, prints }) => {
    const { stdout, stderr, status } = await runPython(machine, source);
    expect({ stdout, stderr, state: status.state }).toEqual({ stdout: prints, stderr: '', state: 'finished' });
  });
});
