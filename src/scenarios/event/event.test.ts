import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES } from '../../abi/config.ts';
import { comes, inOrder, recordOf, threadAfter } from '../events.fixture.ts';
import { NodeLab } from '../node-lab.fixture.ts';
import { event } from './scenario.ts';
import { twin } from './twin.ts';

const WAITERS = ['P2', 'P3', 'P4'];

describe('event', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: one set wakes all three cars that wait', async () => {
    const { replay } = await lab.run(event);
    const before = replay.at(recordOf(replay, 'woken?thread=P2') - 1);
    for (const name of WAITERS) {
      expect(before.threads.find(({ shortName }) => shortName === name)?.state).toBe('Blocked');
      expect(inOrder(replay, `woken?thread=${name}`, 'set?thread=P1')).toBe(true);
    }
  });

  test('answers its second question: they drive on although the light is red again before they have run', async () => {
    const { replay } = await lab.run(event);
    for (const name of WAITERS) {
      expect(inOrder(replay, 'clear?thread=P1', `dispatched?thread=${name}&nth=3`)).toBe(true);
      expect(inOrder(replay, `wait?thread=${name}`, `terminated?thread=${name}`, 'set?thread=P1&nth=2')).toBe(true);
      expect(comes(replay, `blocked?thread=${name}&reason=event&nth=2`)).toBe(false);
    }
    expect(threadAfter(replay, 'clear?thread=P1', 'P2').state).toBe('Ready');
  });

  test('lets car 4 wait for the next set, and a car 6 that finds the flag raised does not wait at all', async () => {
    const { replay } = await lab.run(event);
    expect(inOrder(replay, 'clear?thread=P1', 'blocked?thread=P5&reason=event', 'woken?thread=P5')).toBe(true);
    const more = (await lab.run(event, { cars: 6 })).replay;
    expect(comes(more, 'wait?thread=P7')).toBe(true);
    expect(comes(more, 'blocked?thread=P7&reason=event')).toBe(false);
  });

  test('without short greens lets the first three wait for the last set, and the fourth drive through', async () => {
    const { replay } = await lab.run(event, { flips: 0 });
    for (const name of WAITERS) expect(comes(replay, `blocked?thread=${name}&reason=event`)).toBe(true);
    expect(comes(replay, 'wait?thread=P5')).toBe(true);
    expect(comes(replay, 'blocked?thread=P5&reason=event')).toBe(false);
  });

  test('leaves no car behind, whatever the scheduler', async () => {
    for (const policy of POLICY_NAMES) {
      for (const cpus of [1, 2, 4]) {
        for (const values of [{}, { cars: 8, flips: 5 }, { cars: 3, flips: 0 }]) {
          const all = { cars: 4, flips: 1, ...values };
          const { state, stdout } = await lab.run(event, values, { policy, cpus, quantum: 1 });
          expect(state, `${policy}, ${cpus}`).toBe('finished');
          expect(twin.normalise(stdout)).toEqual(twin.expected(all));
        }
      }
    }
  });

  test('leaves no car behind under 200 random schedules', async () => {
    const values = { cars: 5, flips: 3 };
    for (let seed = 0; seed < 200; seed += 1) {
      const { stdout } = await lab.run(event, values, { policy: 'random', cpus: 1 + (seed % 3), seed });
      expect(twin.normalise(stdout), String(seed)).toEqual(twin.expected(values));
    }
  });
});
