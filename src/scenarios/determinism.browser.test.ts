import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES, type MachineConfig, type PolicyName } from '../abi/config.ts';
import { createMachineWith } from '../runtime/fixtures/lab.fixture.ts';
import type { Machine } from '../ui/host/machine.ts';
import { runsIn } from '../ui/state/run-spec.ts';
import hostScript from 'script:../workers/host.worker.ts';
import { differing } from './determinism.fixture.ts';
import { SCENARIOS } from './index.ts';

const CPUS = [1, 2, 3, 4];
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const QUANTA = [1, 2, 5];
/** Only these draw from the generator: to the others all seeds are one, so they differ in the quantum instead. */
const DRAWING: readonly PolicyName[] = ['lottery', 'random'];

const MATRIX: readonly Partial<MachineConfig>[] = POLICY_NAMES.flatMap((policy) =>
  CPUS.flatMap((cpus): Partial<MachineConfig>[] =>
    DRAWING.includes(policy)
      ? SEEDS.map((seed) => ({ policy, cpus, seed }))
      : QUANTA.map((quantum) => ({ policy, cpus, quantum })),
  ),
);

/** The whole matrix without the page, whose own part of a run takes five times as long: e2e/determinism.spec.ts samples that. */
describe('every lesson, under every policy, 1 to 4 CPUs, 20 seeds or 3 quanta, in workers that really run', () => {
  let machine: Machine;

  beforeAll(async () => {
    machine = await createMachineWith(hostScript);
  });
  afterAll(() => machine.dispose());

  test.each(SCENARIOS.filter((scenario) => runsIn(scenario, 'ts')).map((scenario) => [scenario.id, scenario] as const))(
    '%s ends, and is the same run twice',
    { timeout: 60_000 },
    async (_id, scenario) => {
      expect(await differing(machine, scenario, 'ts', MATRIX)).toEqual([]);
    },
  );
});
