import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Machine } from '../../ui/host/machine.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';
import program from '../fixtures/stacks.soak.py?raw';

/** `npm run soak -- --engine py` does the same for longer, with hundreds of seeds. */
const SEEDS = [1, 2, 3];

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 240_000);
afterAll(() => machine.dispose());

test.each(SEEDS)(
  'stacks are suspended at any depth while others collect, raise, recurse and end, the same way twice: seed %i',
  { timeout: 120_000 },
  async (seed) => {
    const spec = { machine: { policy: 'random', seed }, variables: false } as const;
    const first = await runPython(machine, program, spec);
    expect(first.stderr).toBe('');
    expect(first.stdout).toBe('24 True 1\n');
    expect(first.status.state).toBe('finished');
    const second = await runPython(machine, program, spec);
    expect(second.words).toEqual(first.words);
  },
);
