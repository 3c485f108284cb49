import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES } from '../../abi/config.ts';
import { waitForGraph } from '../../replay/wait-for-graph.ts';
import { inOrder } from '../events.fixture.ts';
import { NodeLab } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { deadlock } from './scenario.ts';
import { twin } from './twin.ts';

describe('deadlock', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: neither copies, and the cycle names both locks and both holders', async () => {
    const { state, replay, stdout } = await lab.run(deadlock);
    expect(state).toBe('deadlock');
    expect(linesOf(stdout)).toEqual(['Ann has one device', 'Bob has one device']);
    const end = replay.at(replay.records);
    const { cycles } = waitForGraph(end);
    const nameOf = (tid: number | null): string => (tid === null ? '' : replay.nameOf(tid));
    expect(cycles.map(({ threads }) => threads.map(nameOf))).toEqual([['Ann', 'Bob']]);
    expect(end.objects.map(({ name, holder, waiters }) => [name, nameOf(holder), waiters.map(nameOf)])).toEqual([
      ['scanner', 'Ann', ['Bob']],
      ['printer', 'Bob', ['Ann']],
    ]);
    expect(end.end?.message).toContain('Ann waits for printer');
  });

  test('answers its second question: with any number of CPUs and under every policy it deadlocks', async () => {
    for (const policy of POLICY_NAMES) {
      for (const cpus of [1, 2, 4]) {
        expect((await lab.run(deadlock, {}, { policy, cpus })).state, `${policy}, ${cpus}`).toBe('deadlock');
      }
    }
  });

  test('without a pause it ends well as it opens, and deadlocks under other schedules', async () => {
    expect((await lab.run(deadlock, { pause: 0 })).state).toBe('finished');
    const states = new Set<string>();
    for (let seed = 0; seed < 50; seed += 1) {
      states.add((await lab.run(deadlock, { pause: 0 }, { policy: 'random', seed })).state);
    }
    expect([...states].toSorted()).toEqual(['deadlock', 'finished']);
  });

  test('in one order nobody waits while holding what the other wants', async () => {
    const { replay } = await lab.run(deadlock, { ordered: true });
    expect(
      inOrder(
        replay,
        'acquire?thread=Ann&object=scanner',
        'blocked?thread=Bob&reason=lock&object=scanner',
        'release?thread=Ann&object=scanner',
        'acquire?thread=Bob&object=scanner',
      ),
    ).toBe(true);
  });

  test('in one order never deadlocks, under every policy and 1,000 seeds', async () => {
    const ordered = { ordered: true, pause: 0 };
    for (const policy of POLICY_NAMES) {
      for (const cpus of [1, 2, 4]) {
        for (const pause of [0, 1, 5]) {
          const { state } = await lab.run(deadlock, { ordered: true, pause }, { policy, cpus, quantum: 1 });
          expect(state, `${policy}, ${cpus}, ${pause}`).toBe('finished');
        }
      }
    }
    for (let seed = 0; seed < 1000; seed += 1) {
      const { state, stdout } = await lab.run(deadlock, ordered, { policy: 'random', cpus: 1 + (seed % 3), seed });
      expect(state, String(seed)).toBe('finished');
      expect(twin.normalise(stdout)).toEqual(twin.expected(ordered));
    }
  });
});
