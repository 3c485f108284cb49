import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPythonMachine } from '../runtime/fixtures/python.fixture.ts';
import type { Machine } from '../ui/host/machine.ts';
import { differing } from './determinism.fixture.ts';
import { PYTHON_LESSONS } from './python-lessons.fixture.ts';

/** A run takes half a second, so this is a sample for every day: 20 seeds under three policies are for `npm run soak -- --engine py`. */
const matrixOf = (place: number) =>
  [
    { policy: 'rr', quantum: 1, cpus: 2 },
    { policy: 'random', seed: place + 1, cpus: 1 + (place % 4) },
  ] as const;

describe('every Python program of a lesson, on two machines', () => {
  let machine: Machine;

  beforeAll(async () => {
    machine = await createPythonMachine();
  }, 120_000);
  afterAll(() => machine.dispose());

  test.each(PYTHON_LESSONS.map(([id, scenario], place) => [id, scenario, place] as const))(
    '%s ends, and is the same run twice',
    { timeout: 60_000 },
    async (_id, scenario, place) => {
      expect(await differing(machine, scenario, 'py', matrixOf(place))).toEqual([]);
    },
  );
});
