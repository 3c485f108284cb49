import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NodeLab } from '../node-lab.fixture.ts';
import { poolSize } from './scenario.ts';

describe('pool-size', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  /** Ticks that the run takes, by size of the pool. */
  async function durations(sizes: readonly number[], ioShare: number, cpus = 2): Promise<number[]> {
    const ticks: number[] = [];
    for (const pool of sizes) {
      const { replay } = await lab.run(poolSize, { pool, ioShare }, { cpus });
      ticks.push(replay.at(replay.records).tick);
    }
    return ticks;
  }

  test('answers its first question: for tasks that only compute, more processes than CPUs gain nothing', async () => {
    const [one = 0, two = 0, eight = 0] = await durations([1, 2, 8], 0);
    expect(two).toBeLessThan(one * 0.65);
    expect(eight).toBeGreaterThanOrEqual(two);
  });

  test('answers its second question: with a quarter of I/O one more than CPUs is the quickest', async () => {
    const [two = 0, three = 0, eight = 0] = await durations([2, 3, 8], 25);
    expect(three).toBeLessThan(two);
    expect(three).toBeLessThan(eight);
  });

  test('with much I/O many more than CPUs still gain', async () => {
    const [two = 0, three = 0, six = 0] = await durations([2, 3, 6], 75);
    expect(three).toBeLessThan(two);
    expect(six).toBeLessThan(three);
  });

  test('on one CPU a second process gains nothing without I/O', async () => {
    const [one = 0, two = 0] = await durations([1, 2], 0, 1);
    expect(two).toBeGreaterThanOrEqual(one);
  });
});
