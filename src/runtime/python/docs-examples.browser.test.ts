import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Machine } from '../../ui/host/machine.ts';
import { FAILURES, MISSING } from '../fixtures/docs-failures.fixture.ts';
import { MANAGERS } from '../fixtures/docs-managers.fixture.ts';
import { MORE_MANAGERS } from '../fixtures/docs-more-managers.fixture.ts';
import { MORE_PROCESSES } from '../fixtures/docs-more-processes.fixture.ts';
import { MORE_THREADS } from '../fixtures/docs-more-threads.fixture.ts';
import { FUTURES, QUEUES, SHARED_MEMORY } from '../fixtures/docs-neighbours.fixture.ts';
import { PROCESSES } from '../fixtures/docs-processes.fixture.ts';
import { THREADS } from '../fixtures/docs-threads.fixture.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 240_000);
afterAll(() => machine.dispose());

describe.each([
  ['multiprocessing', [...PROCESSES, ...MORE_PROCESSES, ...MANAGERS, ...MORE_MANAGERS]],
  ['multiprocessing.shared_memory', SHARED_MEMORY],
  ['threading', [...THREADS, ...MORE_THREADS]],
  ['queue', QUEUES],
  ['concurrent.futures', FUTURES],
] as const)('examples of the chapter %s print what python3 prints', (_, examples) => {
  test.each(examples)('$shows', async ({ source, prints }) => {
    const { stdout, stderr, status } = await runPython(machine, source);
    expect({ stdout, stderr, state: status.state }).toEqual({ stdout: prints, stderr: '', state: 'finished' });
  });
});

describe.each([
  ['what goes wrong in CPython goes wrong in the same way', FAILURES],
  ['what is missing says so', MISSING],
] as const)('%s', (_, failures) => {
  test.each(failures)('$shows', async ({ source, prints, complains, deadlock }) => {
    const { stdout, stderr, status } = await runPython(machine, source);
    expect(stdout).toBe(prints);
    if (complains === undefined) expect(stderr).toBe('');
    for (const words of complains ?? []) expect(stderr).toContain(words);
    expect(status.state).toBe(deadlock === undefined ? 'finished' : 'deadlock');
    if (deadlock !== undefined) expect(status.message).toMatch(deadlock);
  });
});
