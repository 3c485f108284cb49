import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES } from '../../abi/config.ts';
import { comes, inOrder, recordOf, threadAfter } from '../events.fixture.ts';
import { NodeLab, type FinishedRun } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { syncAsync } from './scenario.ts';
import { twin } from './twin.ts';

const exitCodes = ({ replay }: FinishedRun): (number | undefined)[] =>
  replay.at(replay.records).threads.map(({ end }) => end?.code);

describe('sync-async', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: the caller is Blocked from the call until the task has ended', async () => {
    const { replay } = await lab.run(syncAsync);
    const [called, ended] = [
      recordOf(replay, 'blocked?thread=P1&reason=join&object=P2'),
      recordOf(replay, 'terminated?thread=P2'),
    ];
    for (let record = called; record <= ended; record += 1) expect(replay.at(record).threads[0]?.state).toBe('Blocked');
    expect(inOrder(replay, 'terminated?thread=P2', 'woken?thread=P1', 'created?thread=P3')).toBe(true);
  });

  test('answers its second question: synchronously the caller fails with task 2, and task 3 is never started', async () => {
    const run = await lab.run(syncAsync, { failing: 2 });
    expect(exitCodes(run)).toEqual([1, 0, 3]);
    expect(comes(run.replay, 'created?thread=P4')).toBe(false);
  });

  test('asynchronously a task that fails disturbs nobody, and nobody is told', async () => {
    const run = await lab.run(syncAsync, { how: 'async', failing: 2 });
    expect(exitCodes(run)).toEqual([0, 0, 3, 0]);
    expect(linesOf(run.stdout).slice(0, 6)).toEqual([
      ...[1, 2, 3].map((n) => `Caller: goes on after calling task ${n}`),
      ...[1, 2, 3].map((n) => `Caller: Process-${n} has exit code None`),
    ]);
  });

  test('asynchronously the tasks wait at the same time, and the run takes less than half as long', async () => {
    const sync = await lab.run(syncAsync);
    const async = await lab.run(syncAsync, { how: 'async' });
    const ticksOf = ({ replay }: FinishedRun): number => replay.at(replay.records).tick;
    expect(threadAfter(async.replay, 'blocked?thread=P4&reason=io', 'P2').state).toBe('Blocked');
    expect(ticksOf(async)).toBeLessThan(ticksOf(sync) / 2);
  });

  test('synchronously prints the same under every policy, on any number of CPUs', async () => {
    for (const policy of POLICY_NAMES) {
      for (const cpus of [1, 2, 4]) {
        const { stdout } = await lab.run(syncAsync, {}, { policy, cpus, quantum: 1 });
        expect(linesOf(stdout), policy).toEqual(twin.expected({ tasks: 3, how: 'sync', failing: 0 }));
      }
    }
  });
});
