import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES } from '../../abi/config.ts';
import { comes, inOrder, recordOf, threadAfter } from '../events.fixture.ts';
import { NodeLab } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { semaphore } from './scenario.ts';
import { twin } from './twin.ts';

/** The most guests that were in the room together, by what they said. */
function mostInside(stdout: string): number {
  let inside = 0;
  let most = 0;
  for (const line of linesOf(stdout)) {
    if (line.endsWith(' goes in')) inside += 1;
    if (line.endsWith(' goes out')) inside -= 1;
    most = Math.max(most, inside);
  }
  return most;
}

describe('semaphore', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: two are inside, the counter is at 0, and three queue in the order they came', async () => {
    const { replay } = await lab.run(semaphore);
    const full = replay.at(recordOf(replay, 'blocked?thread=P6&reason=semaphore&object=room'));
    const [room] = full.objects;
    expect(room?.waiters.map((tid) => replay.shortNameOf(tid))).toEqual(['P4', 'P5', 'P6']);
    expect(room?.value).toBe(0);
  });

  test('answers its second question: the first release wakes P4, and P5 goes on waiting', async () => {
    const { replay } = await lab.run(semaphore);
    expect(inOrder(replay, 'woken?thread=P4', 'release?thread=P2&object=room', 'acquire?thread=P4&object=room')).toBe(
      true,
    );
    for (const name of ['P5', 'P6']) {
      expect(threadAfter(replay, 'acquire?thread=P4&object=room', name).state).toBe('Blocked');
    }
  });

  test('with room for one is a lock, with room for all makes nobody wait', async () => {
    expect(mostInside((await lab.run(semaphore, { k: 1 })).stdout)).toBe(1);
    const { replay, stdout } = await lab.run(semaphore, { k: 5 });
    expect(mostInside(stdout)).toBe(5);
    expect(comes(replay, 'blocked?reason=semaphore')).toBe(false);
  });

  test('never lets more than k in, and everybody at last, under every policy and 1,000 seeds', async () => {
    for (const policy of POLICY_NAMES) {
      for (const cpus of [1, 2, 4]) {
        for (const k of [1, 2, 3]) {
          const { stdout } = await lab.run(semaphore, { k, guests: 7 }, { policy, cpus, quantum: 1 });
          expect(mostInside(stdout), `${policy}, ${cpus}`).toBe(k);
          expect(twin.normalise(stdout)).toEqual(twin.expected({ k, guests: 7 }));
        }
      }
    }
    for (let seed = 0; seed < 1000; seed += 1) {
      const values = { k: 1 + (seed % 3), guests: 5 };
      const { stdout } = await lab.run(semaphore, values, { policy: 'random', cpus: 1 + (seed % 4), seed });
      expect(mostInside(stdout), String(seed)).toBe(values.k);
      expect(twin.normalise(stdout), String(seed)).toEqual(twin.expected(values));
    }
  });
});
