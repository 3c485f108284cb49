import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES } from '../../abi/config.ts';
import type { Replay } from '../../replay/replay.ts';
import { waitForGraph } from '../../replay/wait-for-graph.ts';
import { comes, threadAfter } from '../events.fixture.ts';
import { NodeLab } from '../node-lab.fixture.ts';
import { linesOf, oneTo } from '../twin.ts';
import { philosophers } from './scenario.ts';
import { twin } from './twin.ts';

const CURES = ['ordered', 'waiter', 'release'];

/** Most philosophers that wait for a fork in the same moment. */
function mostWaiting(replay: Replay): number {
  let most = 0;
  for (let record = 1; record <= replay.records; record += 1) {
    const forks = replay.at(record).objects.filter(({ name }) => name.startsWith('forks['));
    most = Math.max(
      most,
      forks.reduce((sum, { waiters }) => sum + waiters.length, 0),
    );
  }
  return most;
}

describe('philosophers', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: nobody eats, and all five wait in one cycle', async () => {
    const { state, replay, stdout } = await lab.run(philosophers);
    expect(state).toBe('deadlock');
    expect(linesOf(stdout)).toEqual(oneTo(5).map((n) => `Philosopher ${n} has one fork`));
    const end = replay.at(replay.records);
    const { cycles } = waitForGraph(end);
    expect(cycles.map(({ threads }) => threads.map((tid) => replay.nameOf(tid)))).toEqual([
      ['Ph1', 'Ph2', 'Ph3', 'Ph4', 'Ph5'],
    ]);
    const forks = end.objects.filter(({ name }) => name.startsWith('forks['));
    expect(forks.map(({ name, holder }) => [name, holder && replay.nameOf(holder)])).toEqual(
      oneTo(5).map((n) => [`forks[${n - 1}]`, `Ph${n}`]),
    );
    expect(threadAfter(replay, 'blocked?thread=Ph5&reason=lock', 'Ph5').blocked?.object).toBe(forks[0]?.id);
  });

  test('deadlocks without a cure under every policy, for two philosophers and for eight', async () => {
    for (const policy of POLICY_NAMES) {
      for (const cpus of [1, 4]) {
        for (const n of [2, 8]) {
          expect((await lab.run(philosophers, { n }, { policy, cpus })).state, `${policy}, ${n}`).toBe('deadlock');
        }
      }
    }
  });

  test('answers its second question: with the lower number first there is never a cycle', async () => {
    const { replay } = await lab.run(philosophers, { cure: 'ordered' });
    for (let record = 1; record <= replay.records; record += 1) {
      expect(waitForGraph(replay.at(record)).cycles).toEqual([]);
    }
  });

  test('with the waiter one of five waits at the door, and all eat', async () => {
    const { replay, state } = await lab.run(philosophers, { cure: 'waiter' });
    expect(state).toBe('finished');
    expect(comes(replay, 'blocked?thread=Ph5&reason=lock&object=door')).toBe(true);
    expect(mostWaiting(replay)).toBeLessThanOrEqual(4);
  });

  test('putting back starves Ph2: he puts his fork back four times, Ph5 once, and eats last', async () => {
    const { replay, stdout } = await lab.run(philosophers, { cure: 'release' });
    const lines = linesOf(stdout);
    expect(lines.at(-1)).toBe('Philosopher 2 eats');
    const putBack = oneTo(5).map((n) => lines.filter((line) => line === `Philosopher ${n} puts the fork back`).length);
    expect(putBack).toEqual([4, 4, 3, 2, 1]);
    expect(mostWaiting(replay)).toBeLessThanOrEqual(1);
  });

  test.each(CURES)('with the cure %s everybody eats, under every policy and 100 seeds', async (cure) => {
    for (const policy of POLICY_NAMES) {
      for (const cpus of [1, 2, 4]) {
        for (const n of [2, 5]) {
          const { state, stdout } = await lab.run(philosophers, { n, cure }, { policy, cpus, quantum: 1 });
          expect(state, `${policy}, ${cpus}, ${n}`).toBe('finished');
          expect(twin.normalise(stdout)).toEqual(twin.expected({ n, cure }));
        }
      }
    }
    for (let seed = 0; seed < 100; seed += 1) {
      const n = 2 + (seed % 7);
      const { stdout } = await lab.run(philosophers, { n, cure }, { policy: 'random', cpus: 1 + (seed % 3), seed });
      expect(twin.normalise(stdout), String(seed)).toEqual(twin.expected({ n, cure }));
    }
  });
});
