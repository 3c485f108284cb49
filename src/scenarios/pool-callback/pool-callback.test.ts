import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordOf, threadAfter } from '../events.fixture.ts';
import { NodeLab } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { poolCallback } from './scenario.ts';
import { twin } from './twin.ts';

describe('pool-callback', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: pid 1 saves what pid 2 and pid 3 have downloaded', async () => {
    const lines = linesOf((await lab.run(poolCallback)).stdout);
    const pidsOf = (what: string): string[] =>
      [...new Set(lines.filter((line) => line.includes(what)).map((line) => line.slice(0, 'pid 1'.length)))].toSorted();
    expect(pidsOf(' saves ')).toEqual(['pid 1']);
    expect(pidsOf(' downloads ')).toEqual(['pid 2', 'pid 3']);
  });

  test('answers its second question: the main thread is Blocked while another thread of its process saves', async () => {
    const { replay } = await lab.run(poolCallback);
    for (const nth of [1, 2, 3, 4]) {
      const event = `print?thread=ResultHandler&text=saves&nth=${nth}`;
      expect(threadAfter(replay, event, 'P1').state).toBe('Blocked');
      expect(replay.at(recordOf(replay, event)).threads.find(({ name }) => name === 'ResultHandler')?.pid).toBe(1);
    }
  });

  test('saves in the order in which tasks are done, not in that in which they were handed in', async () => {
    const saved = linesOf((await lab.run(poolCallback)).stdout).filter((line) => line.includes('saves'));
    expect(saved[0]).toBe('pid 1 saves page 2');
  });

  test('saves every page once, over 300 seeds', async () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const values = { pool: 1 + (seed % 3), tasks: 4 };
      const { stdout } = await lab.run(poolCallback, values, { policy: 'random', cpus: 1 + (seed % 4), seed });
      expect(twin.normalise(stdout), String(seed)).toEqual(twin.expected(values));
    }
  });
});
