import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES } from '../../abi/config.ts';
import { inOrder } from '../events.fixture.ts';
import { NodeLab, type FinishedRun } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { isolation } from './scenario.ts';
import { twin } from './twin.ts';

const numbersOf = ({ stdout }: FinishedRun, who: string): number[] =>
  linesOf(stdout)
    .filter((line) => line.startsWith(who))
    .map((line) => Number(line.split(' ').at(-1)));

describe('isolation', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its questions: every child prints 90, the parent 100, and only the shared variable is 70', async () => {
    const run = await lab.run(isolation);
    expect(numbersOf(run, 'Child')).toEqual([90, 90, 90]);
    expect(numbersOf(run, 'Parent')).toEqual([100, 70]);
  });

  test('as it opens, P3 prints its 90 after P2 has printed the same', async () => {
    const { replay } = await lab.run(isolation);
    expect(inOrder(replay, 'print?thread=P2', 'print?thread=P3', 'load?thread=P3&object=shared')).toBe(true);
    expect(inOrder(replay, 'store?thread=P2&object=shared', 'load?thread=P3&object=shared')).toBe(true);
  });

  test('has processes that share no global, and lose nothing of what they share under the lock, whatever the scheduler', async () => {
    for (const policy of POLICY_NAMES) {
      for (const cpus of [1, 3]) {
        for (const quantum of [1, 2, 5]) {
          const { stdout } = await lab.run(isolation, { children: 5 }, { policy, cpus, quantum });
          expect(twin.normalise(stdout), `${policy}, ${cpus}, ${quantum}`).toEqual(twin.expected({ children: 5 }));
        }
      }
    }
  });
});
