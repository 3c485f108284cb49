import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comes, recordOf } from '../events.fixture.ts';
import { NodeLab } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { semaphoreVsPool } from './scenario.ts';
import { twin } from './twin.ts';

/** Pids of those who did a task, in the order of the lines. */
const pidsIn = (stdout: string): string[] => linesOf(stdout).flatMap((line) => /^pid (\d+) does/.exec(line)?.[1] ?? []);

describe('semaphore-vs-pool', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: five children live while two of them are inside', async () => {
    const { replay } = await lab.run(semaphoreVsPool);
    const { threads } = replay.at(recordOf(replay, 'blocked?thread=P6&reason=semaphore'));
    expect(threads.filter(({ shortName, state }) => shortName !== 'P1' && state !== 'Terminated')).toHaveLength(5);
  });

  test('answers its second question: the pool’s tasks are all done by two processes', async () => {
    const pids = pidsIn((await lab.run(semaphoreVsPool)).stdout);
    expect(new Set(pids.slice(0, 5)).size).toBe(5);
    expect(new Set(pids.slice(5)).size).toBe(2);
    expect(pids.slice(5, 7)).toContain(pids[7]);
  });

  test('a pool has as many processes with 12 tasks as with 5; a semaphore has one for each', async () => {
    for (const tasks of [5, 12]) {
      const count = async (how: string): Promise<number> =>
        (await lab.run(semaphoreVsPool, { how, tasks })).processes.length - 1;
      expect(await count('pool')).toBe(2);
      expect(await count('semaphore')).toBe(tasks);
    }
  });

  test('never are more than n at work, over 200 seeds of both', async () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const values = { n: 1 + (seed % 3), tasks: 5, how: seed % 2 === 0 ? 'semaphore' : 'pool' };
      const { replay, stdout, state } = await lab.run(semaphoreVsPool, values, { policy: 'random', cpus: 3, seed });
      expect(state).toBe('finished');
      expect(twin.normalise(stdout), String(seed)).toEqual(twin.expected(values));
      if (values.how === 'pool') expect(new Set(pidsIn(stdout)).size).toBeLessThanOrEqual(values.n);
      expect(comes(replay, 'blocked?reason=sleep')).toBe(true);
    }
  });
});
