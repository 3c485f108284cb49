import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES } from '../../abi/config.ts';
import { waitForGraph } from '../../replay/wait-for-graph.ts';
import { inOrder, threadAfter } from '../events.fixture.ts';
import { NodeLab } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { rlock } from './scenario.ts';
import { twin } from './twin.ts';

describe('rlock', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: with a Lock, P2 waits for itself, a cycle of one process', async () => {
    const { state, replay, stdout } = await lab.run(rlock);
    expect(state).toBe('deadlock');
    expect(linesOf(stdout)).toEqual(['Clerk 1 finds 100']);
    const end = replay.at(replay.records);
    const { cycles } = waitForGraph(end);
    expect(cycles.map(({ threads }) => threads.map((tid) => replay.shortNameOf(tid)))).toEqual([['P2']]);
    expect(cycles.flatMap(({ objects }) => objects.map((object) => replay.objectNameOf(object)))).toEqual(['lock']);
    expect(end.end?.message).toContain('Process-1 waits for lock');
  });

  test('answers its second question: with an RLock, P3 is still Blocked after the first release, and woken by the second', async () => {
    const { state, replay } = await lab.run(rlock, { kind: 'RLock' });
    expect(state).toBe('finished');
    expect(
      inOrder(
        replay,
        'acquire?thread=P2&object=lock&nth=2',
        'blocked?thread=P3&reason=lock&object=lock',
        'release?thread=P2&object=lock',
        'woken?thread=P3',
        'release?thread=P2&object=lock&nth=2',
      ),
    ).toBe(true);
    expect(threadAfter(replay, 'release?thread=P2&object=lock', 'P3').state).toBe('Blocked');
  });

  test('with a Lock deadlocks always, even with one clerk, under every policy and on any number of CPUs', async () => {
    for (const policy of POLICY_NAMES) {
      for (const cpus of [1, 2, 4]) {
        for (const clerks of [1, 3]) {
          const { state } = await lab.run(rlock, { clerks }, { policy, cpus });
          expect(state, `${policy}, ${cpus}, ${clerks}`).toBe('deadlock');
        }
      }
    }
  });

  test('with an RLock never deadlocks and never loses a deposit, under every policy and 1,000 seeds', async () => {
    const values = { kind: 'RLock', clerks: 3 };
    for (const policy of POLICY_NAMES) {
      for (const cpus of [1, 2, 4]) {
        const { stdout } = await lab.run(rlock, values, { policy, cpus, quantum: 1 });
        expect(twin.normalise(stdout), `${policy}, ${cpus}`).toEqual(twin.expected(values));
      }
    }
    for (let seed = 0; seed < 1000; seed += 1) {
      const { state, stdout } = await lab.run(rlock, values, { policy: 'random', cpus: 1 + (seed % 3), seed });
      expect(state, String(seed)).toBe('finished');
      expect(twin.normalise(stdout), String(seed)).toEqual(twin.expected(values));
    }
  });
});
