import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES, type MachineConfig, type PolicyName } from '../abi/config.ts';
import { hashLog } from '../replay/hash.ts';
import { LogStore } from '../replay/log-store.ts';
import { createMachineWith } from '../runtime/fixtures/lab.fixture.ts';
import type { Machine } from '../ui/host/machine.ts';
import { runsIn, specOf } from '../ui/state/run-spec.ts';
import { defaultView } from '../ui/state/view.ts';
import hostScript from 'script:../workers/host.worker.ts';
import { SCENARIOS } from './index.ts';
import type { Scenario } from './scenario.ts';

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
  const log = new LogStore();

  beforeAll(async () => {
    machine = await createMachineWith(hostScript);
  });
  afterAll(() => machine.dispose());

  async function run(scenario: Scenario, change: Partial<MachineConfig>): Promise<string> {
    const view = defaultView(scenario);
    log.clear();
    await machine.kernel.load(specOf({ ...view, config: { ...view.config, ...change } }, 1, ''));
    const { state } = await machine.kernel.run({});
    log.take(machine.memory);
    return `${state} ${hashLog(log)}`;
  }

  /** Twice, in two orders, so that the second run follows upon another run than the first did. */
  test.each(SCENARIOS.filter((scenario) => runsIn(scenario, 'ts')).map((scenario) => [scenario.id, scenario] as const))(
    '%s ends, and is the same run twice',
    { timeout: 60_000 },
    async (_id, scenario) => {
      const first: string[] = [];
      for (const change of MATRIX) first.push(await run(scenario, change));
      const wrong: string[] = [];
      for (let n = MATRIX.length - 1; n >= 0; n -= 1) {
        const change = MATRIX[n] ?? {};
        const second = await run(scenario, change);
        if (first[n] !== second || !/^(finished|deadlock) /.test(second)) {
          wrong.push(`${JSON.stringify(change)}: ${first[n]}, then ${second}`);
        }
      }
      expect(wrong).toEqual([]);
    },
  );
});
