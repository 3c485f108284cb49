import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES, type MachineConfig } from '../../abi/config.ts';
import { inOrder } from '../events.fixture.ts';
import { NodeLab, type FinishedRun } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { sharedData } from './scenario.ts';
import { twin } from './twin.ts';

const total = ({ stdout }: FinishedRun): number => Number(linesOf(stdout).at(-1)?.split(' ').at(-1));

describe('shared-data', { timeout: 120_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: threads see each other’s additions, and lose some', async () => {
    expect(total(await lab.run(sharedData))).toBe(4);
  });

  test('as it opens, loses the CPU between load and store', async () => {
    const { replay } = await lab.run(sharedData);
    expect(
      inOrder(
        replay,
        'load?thread=W1&object=counter&nth=2',
        'preempted?thread=W1&nth=2',
        'load?thread=W2&object=counter',
        'store?thread=W2&object=counter',
        'store?thread=W1&object=counter&nth=2',
      ),
    ).toBe(true);
  });

  test('answers its second question: each process adds to its own, and the main one has 0', async () => {
    for (const policy of POLICY_NAMES) {
      for (const locked of [false, true]) {
        const values = { as: 'processes', workers: 3, rounds: 3, locked };
        const { stdout } = await lab.run(sharedData, values, { policy, cpus: 2, quantum: 1 });
        expect(twin.normalise(stdout), policy).toEqual(twin.expected(values));
      }
    }
  });

  test('with two CPUs two threads of one process run at once', async () => {
    const { replay } = await lab.run(sharedData, {}, { cpus: 2 });
    const together = Array.from({ length: replay.records }, (_, n) => replay.at(n + 1).threads).some(
      (all) => all.filter(({ pid, state }) => pid === 1 && state === 'Running').length === 2,
    );
    expect(together).toBe(true);
  });

  test('threads without the lock lose additions in most of 200 random runs', async () => {
    let lossy = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      if (total(await lab.run(sharedData, {}, { policy: 'random', cpus: 1 + (seed % 3), seed })) < 6) lossy += 1;
    }
    expect(lossy).toBeGreaterThan(100);
  });

  test('threads under the lock never lose an addition, under every policy and 1,000 seeds', async () => {
    const machines: Partial<MachineConfig>[] = POLICY_NAMES.flatMap((policy) =>
      [1, 2, 4].map((cpus) => ({ policy, cpus, quantum: 1 })),
    );
    for (let seed = 0; seed < 1000; seed += 1) machines.push({ policy: 'random', cpus: 1 + (seed % 3), seed });
    for (const [n, machine] of machines.entries()) {
      const values = { as: 'threads', workers: 2 + (n % 3), rounds: 3, locked: true };
      const { state, stdout } = await lab.run(sharedData, values, machine);
      expect(state, JSON.stringify(machine)).toBe('finished');
      expect(twin.normalise(stdout), JSON.stringify(machine)).toEqual(twin.expected(values));
    }
  });
});
