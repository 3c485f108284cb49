import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES, type MachineConfig } from '../../abi/config.ts';
import { Kind } from '../../abi/record.ts';
import type { Replay } from '../../replay/replay.ts';
import { comes, inOrder, recordOf } from '../events.fixture.ts';
import { NodeLab } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { queue } from './scenario.ts';
import { twin } from './twin.ts';

/** The most messages that were in the pipe together. */
function mostHeld({ log, records }: Replay): number {
  let held = 0;
  let most = 0;
  for (let n = 0; n < records; n += 1) {
    const isWhole = log.b(n) === 1;
    if (log.kind(n) === Kind.SEND && isWhole) held += 1;
    if (log.kind(n) === Kind.RECEIVE && isWhole) held -= 1;
    most = Math.max(most, held);
  }
  return most;
}

describe('queue', { timeout: 120_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: C1 waits at the pipe, and C2 at the read lock, which C1 has', async () => {
    const { replay } = await lab.run(queue);
    const { objects } = replay.at(recordOf(replay, 'blocked?thread=C2&reason=lock&object=queue.rlock'));
    const of = (name: string) => objects.find((object) => object.name === name);
    const nameOf = (tid: number | null | undefined): string => (typeof tid === 'number' ? replay.nameOf(tid) : '');
    expect(nameOf(of('queue.rlock')?.holder)).toBe('C1');
    expect(of('queue.rlock')?.waiters.map(nameOf)).toEqual(['C2']);
    expect(of('queue.pipe')?.waiters.map(nameOf)).toEqual(['C1']);
  });

  test('answers its second question: put blocks at slots until somebody gets, and nothing is lost', async () => {
    const { replay, stdout } = await lab.run(queue);
    expect(
      inOrder(
        replay,
        'put?thread=Pr1&nth=4',
        'blocked?thread=Pr1&reason=semaphore&object=queue.slots',
        'woken?thread=Pr1',
        'get?thread=C1&nth=2',
        'put?thread=Pr1&nth=5',
      ),
    ).toBe(true);
    expect(twin.normalise(stdout)).toEqual(twin.expected({ producers: 1, items: 5 }));
  });

  test('with more producers is full, with more consumers is empty', async () => {
    const full = (await lab.run(queue, { producers: 3, consumers: 1 })).replay;
    expect(comes(full, 'blocked?reason=semaphore&object=queue.slots&nth=5')).toBe(true);
    const empty = (await lab.run(queue, { producers: 1, consumers: 4, size: 5 })).replay;
    expect(comes(empty, 'blocked?reason=semaphore&object=queue.slots')).toBe(false);
  });

  test('loses and doubles nothing and never holds too many, under every policy and 1,000 seeds', async () => {
    const machines: Partial<MachineConfig>[] = POLICY_NAMES.flatMap((policy) =>
      [1, 2, 4].map((cpus) => ({ policy, cpus, quantum: 1 })),
    );
    for (let seed = 0; seed < 1000; seed += 1) machines.push({ policy: 'random', cpus: 1 + (seed % 3), seed });
    for (const [n, machine] of machines.entries()) {
      const values = { producers: 1 + (n % 2), consumers: 1 + (n % 3), items: 3, size: 1 + (n % 2) };
      const { state, replay, stdout } = await lab.run(queue, values, machine);
      expect(state, JSON.stringify(machine)).toBe('finished');
      expect(mostHeld(replay), JSON.stringify(machine)).toBeLessThanOrEqual(values.size);
      expect(twin.normalise(stdout), JSON.stringify(machine)).toEqual(twin.expected(values));
    }
  });

  test('keeps the order of one producer’s values for one consumer', async () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const { stdout } = await lab.run(queue, { consumers: 1 }, { policy: 'random', cpus: 2, seed });
      const values = (who: string): string[] =>
        linesOf(stdout)
          .filter((line) => line.startsWith(who))
          .map((line) => line.replace(/^\w+ \d+ \w+ /, ''));
      expect(values('Consumer')).toEqual(values('Producer'));
    }
  });
});
