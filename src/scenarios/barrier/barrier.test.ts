import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES, type MachineConfig } from '../../abi/config.ts';
import { waitForGraph } from '../../replay/wait-for-graph.ts';
import { comes, inOrder, recordOf } from '../events.fixture.ts';
import { NodeLab } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { barrier } from './scenario.ts';
import { twin } from './twin.ts';

/** Whether at every hut the last one came before the first one left. */
function isTogether(stdout: string, stages: number): boolean {
  const lines = linesOf(stdout);
  for (let stage = 1; stage <= stages; stage += 1) {
    const lastAt = lines.findLastIndex((line) => line.endsWith(` is at hut ${stage}`));
    const firstLeaves = lines.findIndex((line) => line.endsWith(` leaves hut ${stage}`));
    if (lastAt < 0 || firstLeaves < lastAt) return false;
  }
  return true;
}

describe('barrier', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: H1 goes on when H3 has come, and H3 does not wait', async () => {
    const { replay, stdout } = await lab.run(barrier);
    expect(
      inOrder(
        replay,
        'blocked?thread=H1&reason=barrier&object=hut',
        'blocked?thread=H2&reason=barrier&object=hut',
        'print?thread=H3&text=is at hut 1',
        'woken?thread=H1',
        'woken?thread=H2',
      ),
    ).toBe(true);
    expect(comes(replay, 'blocked?thread=H3&reason=barrier')).toBe(false);
    expect(replay.at(recordOf(replay, 'woken?thread=H2')).tick).toBe(
      replay.at(recordOf(replay, 'wait?thread=H3')).tick,
    );
    expect(isTogether(stdout, 2)).toBe(true);
  });

  test('answers its second question: if one stays at home the others wait for ever, in no cycle', async () => {
    const { state, replay, stdout } = await lab.run(barrier, { absent: true });
    expect(state).toBe('deadlock');
    expect(linesOf(stdout)).toEqual(['Hiker 1 is at hut 1', 'Hiker 2 is at hut 1']);
    const { cycles, missing } = waitForGraph(replay.at(replay.records));
    expect(cycles).toEqual([]);
    expect(missing.map(({ thread, why }) => [replay.nameOf(thread), why])).toEqual([
      ['H1', 'nobody-left'],
      ['H2', 'nobody-left'],
    ]);
  });

  test('if one stays at home nobody leaves a hut, whatever the scheduler', async () => {
    for (const policy of POLICY_NAMES) {
      for (const cpus of [1, 4]) {
        for (const parties of [2, 5]) {
          const { state, stdout } = await lab.run(barrier, { parties, absent: true }, { policy, cpus });
          expect([state, stdout.includes('leaves')], `${policy}, ${cpus}`).toEqual(['deadlock', false]);
        }
      }
    }
  });

  test('nobody passes before all are there, and all pass, under every policy and 1,000 seeds', async () => {
    const machines: Partial<MachineConfig>[] = POLICY_NAMES.flatMap((policy) =>
      [1, 2, 4].map((cpus) => ({ policy, cpus, quantum: 1 })),
    );
    for (let seed = 0; seed < 1000; seed += 1) machines.push({ policy: 'random', cpus: 1 + (seed % 3), seed });
    for (const [n, machine] of machines.entries()) {
      const values = { parties: 2 + (n % 4), stages: 1 + (n % 3), absent: false };
      const { state, stdout } = await lab.run(barrier, values, machine);
      expect(state, JSON.stringify(machine)).toBe('finished');
      expect(isTogether(stdout, values.stages), JSON.stringify(machine)).toBe(true);
      expect(twin.normalise(stdout), JSON.stringify(machine)).toEqual(twin.expected(values));
    }
  });
});
