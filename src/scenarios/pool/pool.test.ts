import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES } from '../../abi/config.ts';
import { inOrder, threadAfter } from '../events.fixture.ts';
import { NodeLab } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { pool } from './scenario.ts';
import { twin } from './twin.ts';

const pidsIn = (stdout: string): Set<string> =>
  new Set([...stdout.matchAll(/^pid (\d+) does/gm)].map(([, pid = '']) => pid));

describe('pool', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: two children do all four tasks', async () => {
    const { stdout, processes } = await lab.run(pool);
    expect(pidsIn(stdout).size).toBe(2);
    expect(processes.map(({ name }) => name)).toEqual(['MainProcess', 'SpawnPoolWorker-1', 'SpawnPoolWorker-2']);
  });

  test('answers its second question: all is handed in before anything is done', async () => {
    const { replay, stdout } = await lab.run(pool);
    expect(inOrder(replay, 'print?text=All tasks', 'task?object=workers')).toBe(true);
    expect(linesOf(stdout).indexOf('All tasks are handed in')).toBeLessThan(linesOf(stdout).indexOf('1 squared is 1'));
  });

  test('takes 40 to 120 steps', async () => {
    const { steps } = await lab.run(pool);
    expect(steps).toBeGreaterThanOrEqual(40);
    expect(steps).toBeLessThanOrEqual(120);
  });

  test('with apply one task is done after the other, and a second process gains nothing', async () => {
    const { replay, stdout } = await lab.run(pool, { how: 'apply' });
    expect(
      linesOf(stdout)
        .slice(0, 4)
        .map((line) => line.replace(/pid \d/, 'it')),
    ).toEqual(['it does task 1', '1 squared is 1', 'it does task 2', '2 squared is 4']);
    expect(threadAfter(replay, 'task?object=workers', 'P1').state).toBe('Blocked');
  });

  test('with apply the two processes take turns', async () => {
    const { stdout } = await lab.run(pool, { how: 'apply' });
    expect([...stdout.matchAll(/^pid (\d+) does/gm)].map(([, pid]) => pid)).toEqual(['2', '3', '2', '3']);
  });

  test('gives the same answers under every policy, with any number of processes', async () => {
    for (const policy of POLICY_NAMES) {
      for (const size of [1, 3, 8]) {
        for (const how of ['apply', 'async', 'map']) {
          const values = { pool: size, tasks: 5, how };
          const { state, stdout } = await lab.run(pool, values, { policy, cpus: size, quantum: 1 });
          expect(state, JSON.stringify({ policy, ...values })).toBe('finished');
          expect(twin.normalise(stdout)).toEqual(twin.expected(values));
          expect(pidsIn(stdout).size).toBeLessThanOrEqual(size);
        }
      }
    }
  });
});
