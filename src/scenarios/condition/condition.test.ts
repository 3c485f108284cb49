import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES, type MachineConfig } from '../../abi/config.ts';
import { decode } from '../../replay/decode.ts';
import type { Replay } from '../../replay/replay.ts';
import { inOrder, threadAfter } from '../events.fixture.ts';
import { NodeLab } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { condition } from './scenario.ts';
import { twin } from './twin.ts';

/** How many loaves the shelf has held, after each change. */
function shelf(replay: Replay): number[] {
  const held: number[] = [];
  for (let n = 0; n < replay.records; n += 1) {
    const event = decode(replay.log, replay, n);
    if (event.kind === 'store') held.push(Number(event.value));
  }
  return held;
}

describe('condition', { timeout: 120_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: with if, one loaf is taken twice', async () => {
    const { replay, stdout } = await lab.run(condition);
    expect(linesOf(stdout).slice(0, 3)).toEqual([
      'Baker 1 brings a loaf',
      'Customer 1 takes a loaf, 0 left',
      'Customer 2 takes a loaf, -1 left',
    ]);
    expect(shelf(replay).slice(0, 3)).toEqual([1, 0, -1]);
  });

  test('answers its second question: C2 takes the lock while C1 is in wait', async () => {
    const { replay } = await lab.run(condition);
    expect(
      inOrder(
        replay,
        'blocked?thread=C1&reason=condition&object=changed',
        'acquire?thread=C2&object=changed.lock',
        'woken?thread=C1&nth=1',
      ),
    ).toBe(true);
    expect(threadAfter(replay, 'acquire?thread=C2&object=changed.lock', 'C1').blocked?.object).not.toBeNull();
  });

  test('with if it goes wrong under every policy and on any number of CPUs, in over half of 200 random runs', async () => {
    for (const policy of POLICY_NAMES) {
      for (const cpus of [1, 2, 4]) {
        const { replay } = await lab.run(condition, {}, { policy, cpus, quantum: 1 });
        expect(Math.min(...shelf(replay)), `${policy}, ${cpus}`).toBe(-1);
      }
    }
    let wrong = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const { replay } = await lab.run(condition, {}, { policy: 'random', cpus: 1 + (seed % 3), seed });
      if (Math.min(...shelf(replay)) < 0) wrong += 1;
    }
    expect(wrong).toBeGreaterThan(100);
  });

  test('with if a shelf can hold too much as well, and one baker with one customer does no harm', async () => {
    const full = await lab.run(condition, { producers: 4, consumers: 1 });
    expect(Math.max(...shelf(full.replay))).toBeGreaterThan(1);
    const alone = await lab.run(condition, { consumers: 1 });
    expect(shelf(alone.replay)).toEqual([1, 0]);
  });

  test('with while C2 looks again and waits again', async () => {
    const { replay, stdout } = await lab.run(condition, { waiting: 'while' });
    expect(
      inOrder(
        replay,
        'notify-all?thread=B1',
        'print?thread=C1',
        'load?thread=C2&object=shelf&nth=2',
        'blocked?thread=C2&reason=condition&nth=2',
        'notify-all?thread=B1&nth=2',
        'print?thread=C2',
      ),
    ).toBe(true);
    expect(linesOf(stdout).at(-1)).toBe('Customer 2 takes a loaf, 0 left');
  });

  test('with while never holds fewer than none or more than it can, under every policy and 1,000 seeds', async () => {
    const machines: Partial<MachineConfig>[] = POLICY_NAMES.flatMap((policy) =>
      [1, 2, 4].map((cpus) => ({ policy, cpus, quantum: 1 })),
    );
    for (let seed = 0; seed < 1000; seed += 1) machines.push({ policy: 'random', cpus: 1 + (seed % 3), seed });
    for (const [n, machine] of machines.entries()) {
      const values = { producers: 1 + (n % 3), consumers: 2 + (n % 2), room: 1 + (n % 2), waiting: 'while' };
      const { state, replay, stdout } = await lab.run(condition, values, machine);
      const said = JSON.stringify({ machine, values });
      expect(state, said).toBe('finished');
      const held = shelf(replay);
      expect(Math.min(...held), said).toBeGreaterThanOrEqual(0);
      expect(Math.max(...held), said).toBeLessThanOrEqual(values.room);
      expect(twin.normalise(stdout), said).toEqual(twin.expected(values));
    }
  });
});
