import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES } from '../../abi/config.ts';
import { NodeLab } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { threadVsProcess } from './scenario.ts';
import { twin } from './twin.ts';

/** start, switch, finish of each relay, in ticks. */
const ticksOf = (stdout: string): number[][] =>
  linesOf(stdout).map((line) => [...line.matchAll(/\d+\.\d/g)].map(([ms]) => Number(ms) / 10));

describe('thread-vs-process', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: two threads have no pid of their own, two processes have', async () => {
    const { replay } = await lab.run(threadVsProcess);
    expect(replay.at(replay.records).threads.map(({ pid }) => pid)).toEqual([1, 1, 1, 2, 3]);
  });

  test('answers its second question: in steps both relays take the same time, which is that of the run', async () => {
    const { replay, stdout } = await lab.run(threadVsProcess);
    const [threads = [], processes = []] = ticksOf(stdout);
    expect(threads).toEqual(processes);
    const sum = [...threads, ...processes].reduce((total, ticks) => total + ticks, 0);
    const { tick } = replay.at(replay.records);
    expect(sum).toBeLessThan(tick);
    expect(sum).toBeGreaterThan(tick * 0.9);
  });

  test('takes longer with more laps only to switch', async () => {
    const [few = []] = ticksOf((await lab.run(threadVsProcess)).stdout);
    const [many = []] = ticksOf((await lab.run(threadVsProcess, { laps: 20 })).stdout);
    expect([many[0], many[2]]).toEqual([few[0], few[2]]);
    expect(many[1]).toBeGreaterThan((few[1] ?? 0) * 8);
  });

  test('comes to its end under every policy, on any number of CPUs', async () => {
    for (const policy of POLICY_NAMES) {
      for (const cpus of [1, 2, 4]) {
        const values = { n: 4, laps: 5 };
        const { stdout } = await lab.run(threadVsProcess, values, { policy, cpus, quantum: 1 });
        expect(twin.normalise(stdout), `${policy}, ${cpus}`).toEqual(twin.expected(values));
      }
    }
  });
});
