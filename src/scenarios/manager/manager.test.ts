import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES, type MachineConfig } from '../../abi/config.ts';
import { inOrder, threadAfter } from '../events.fixture.ts';
import { NodeLab, type FinishedRun } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { manager } from './scenario.ts';
import { twin } from './twin.ts';

const left = ({ stdout }: FinishedRun): number => Number(/left: (\d+)/.exec(stdout)?.[1]);

/** Every worker's number, whoever came first. */
const done = ({ stdout }: FinishedRun): number[] => {
  const items = /^Done: \[(.*)\]$/.exec(linesOf(stdout)[1] ?? '')?.[1] ?? '';
  return items
    .split(', ')
    .map(Number)
    .toSorted((a, b) => a - b);
};

describe('manager', { timeout: 120_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its questions: two of six subtractions are lost, and no append is', async () => {
    const run = await lab.run(manager);
    expect(linesOf(run.stdout)).toEqual(['Taken: 6 of 100, left: 96', 'Done: [1, 2]']);
    expect(run.steps).toBeGreaterThanOrEqual(40);
    expect(run.steps).toBeLessThanOrEqual(120);
  });

  test('as it opens, W1 gets 99 and sets 98 when the server has already written W2’s 98', async () => {
    const { replay } = await lab.run(manager);
    expect(
      inOrder(
        replay,
        'request?thread=W1&object=data&nth=2',
        'store?thread=P2&object=data&nth=3',
        'request?thread=W1&object=data&nth=3',
        'request?thread=W1&object=data&nth=4',
      ),
    ).toBe(true);
    expect(threadAfter(replay, 'store?thread=P2&object=data&nth=3', 'W1').state).toBe('Ready');
  });

  test('blocks W1 twice in each subtraction, until the server answers', async () => {
    const { replay } = await lab.run(manager, { workers: 1, rounds: 1 });
    const blocked = 'blocked?thread=W1&reason=pipe-empty&object=replies';
    const got = 'request?thread=W1&object=data';
    expect(inOrder(replay, blocked, got, `${blocked}&nth=2`, `${got}&nth=2`)).toBe(true);
  });

  test('without the lock loses subtractions in over a third of 200 random runs, and never an append', async () => {
    let wrong = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const run = await lab.run(manager, {}, { policy: 'random', cpus: 1 + (seed % 3), seed });
      expect(done(run), String(seed)).toEqual([1, 2]);
      expect(left(run), String(seed)).toBeGreaterThanOrEqual(94);
      if (left(run) > 94) wrong += 1;
    }
    expect(wrong).toBeGreaterThan(67);
  });

  test('with the lock loses nothing, under every policy and 1,000 seeds', async () => {
    const machines: Partial<MachineConfig>[] = POLICY_NAMES.flatMap((policy) =>
      [1, 2, 4].map((cpus) => ({ policy, cpus, quantum: 1 })),
    );
    for (let seed = 0; seed < 1000; seed += 1) machines.push({ policy: 'random', cpus: 1 + (seed % 3), seed });
    for (const [n, machine] of machines.entries()) {
      const values = { workers: 2 + (n % 3), rounds: 1 + (n % 4), locked: true };
      const { state, stdout } = await lab.run(manager, values, machine);
      expect(state, JSON.stringify(machine)).toBe('finished');
      expect(twin.normalise(stdout), JSON.stringify(machine)).toEqual(twin.expected(values));
    }
  });
});
