import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES } from '../../abi/config.ts';
import { inOrder, recordOf, threadAfter } from '../events.fixture.ts';
import { NodeLab } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { threads } from './scenario.ts';
import { twin } from './twin.ts';

describe('threads', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: the thread has the main thread’s pid, the process another', async () => {
    const { replay, stdout } = await lab.run(threads);
    const pidIn = (who: string): string | undefined =>
      linesOf(stdout)
        .find((line) => line.startsWith(who))
        ?.replace(/.* pid (\d+).*/, '$1');
    expect(pidIn('Thread')).toBe(pidIn('Main thread'));
    expect(pidIn('Process')).not.toBe(pidIn('Main thread'));
    expect(replay.at(replay.records).threads.map(({ shortName, pid }) => [shortName, pid])).toEqual([
      ['P1', 1],
      ['P2', 2],
      ['P1.T2', 1],
    ]);
  });

  test('answers its second question: the thread runs from its first line to its end while the main thread sleeps', async () => {
    const { replay } = await lab.run(threads);
    const [asleep, awake] = [
      recordOf(replay, 'blocked?thread=P1&reason=sleep'),
      recordOf(replay, 'ready?thread=P1&cause=timer'),
    ];
    expect(recordOf(replay, 'terminated?thread=P1.T2')).toBeLessThan(awake);
    for (let record = asleep; record < awake; record += 1) {
      expect(replay.at(record).threads[0]?.state).toBe('Blocked');
    }
    expect(threadAfter(replay, 'print?thread=P1.T2&nth=3', 'P1').state).toBe('Blocked');
    expect(inOrder(replay, 'created?thread=P2', 'created?thread=P1.T2', 'print?thread=P1&nth=2')).toBe(true);
  });

  test('says the same under every policy, on any number of CPUs', async () => {
    for (const policy of POLICY_NAMES) {
      for (const cpus of [1, 2, 4]) {
        const { stdout } = await lab.run(threads, { rounds: 5 }, { policy, cpus, quantum: 1 });
        expect(twin.normalise(stdout), `${policy}, ${cpus}`).toEqual(twin.expected({ rounds: 5 }));
      }
    }
  });
});
