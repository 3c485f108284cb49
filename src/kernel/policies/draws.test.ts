import { describe, expect, test } from 'vitest';
import { Kind } from '../../abi/record.ts';
import { logWords, openLab, workload } from '../lab.fixture.ts';
import { ticketsOf } from './lottery.ts';

const JOBS = '0:c60@0,0:c60@5,0:c60@9';

async function words(policy: 'lottery' | 'random', seed: number, cpus = 1): Promise<Int32Array> {
  const lab = await openLab(workload(JOBS));
  await lab.run({ launcher: true, machine: { policy, seed, cpus, quantum: 1 } });
  return logWords(lab.memory);
}

describe.each(['lottery', 'random'] as const)('%s', (policy) => {
  test('the same seed gives the same log, another seed another', async () => {
    const first = await words(policy, 7);
    expect(await words(policy, 7)).toEqual(first);
    expect(await words(policy, 8)).not.toEqual(first);
  });

  test('more CPUs than threads leave nothing to draw', async () => {
    const lab = await openLab(workload(JOBS));
    const entries = await lab.run({ launcher: true, machine: { policy, cpus: 4 } });
    expect(entries.some((entry) => entry.kind === Kind.PREEMPTED)).toBe(false);
  });
});

test('a lottery gives CPU time in proportion to tickets: 100, 50 and 10', async () => {
  expect([0, 5, 9].map((priority) => ticketsOf({ priority }))).toEqual([100, 50, 10]);
  const steps = [0, 0, 0];
  for (let seed = 0; seed < 40; seed += 1) {
    const lab = await openLab(workload(JOBS));
    await lab.load({ launcher: true, machine: { policy: 'lottery', quantum: 1, seed } });
    await lab.kernel.run({ steps: 60 });
    for (const { kind, tid } of lab.entries()) if (kind === Kind.LINE) steps[tid - 1] = (steps[tid - 1] ?? 0) + 1;
  }
  const share = steps.map((count) => count / (40 * 60));
  expect(share[0]).toBeGreaterThan(0.57);
  expect(share[0]).toBeLessThan(0.68);
  expect(share[2]).toBeGreaterThan(0.03);
  expect(share[2]).toBeLessThan(0.1);
});
