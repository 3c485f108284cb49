import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES, type MachineConfig } from '../../abi/config.ts';
import { BlockReason, Kind } from '../../abi/record.ts';
import type { Replay } from '../../replay/replay.ts';
import { comes, inOrder, threadAfter } from '../events.fixture.ts';
import { NodeLab } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import type { ParameterValues } from '../scenario.ts';
import { readersWriters } from './scenario.ts';
import { twin } from './twin.ts';

/** Who is in the room after each print: those who have printed and now sleep. */
function companies(replay: Replay): string[][] {
  const { log } = replay;
  const printed = new Set<number>();
  const found: string[][] = [];
  for (let n = 0; n < replay.records; n += 1) {
    if (log.kind(n) === Kind.PRINT) printed.add(log.tid(n));
    if (log.kind(n) !== Kind.BLOCKED) continue;
    const inside = replay
      .at(n + 1)
      .threads.filter(({ tid, blocked }) => printed.has(tid) && blocked?.reason === BlockReason.SLEEP);
    found.push(inside.map(({ name }) => name));
  }
  return found;
}

describe('readers-writers', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  const order = async (values: ParameterValues, machine?: Partial<MachineConfig>): Promise<string[]> =>
    linesOf((await lab.run(readersWriters, values, machine)).stdout).map((line) =>
      line.replace(/(.).* (\d) .*/, '$1$2'),
    );

  test('answers its first question: R2 goes in to R1 while W1 waits', async () => {
    const { replay } = await lab.run(readersWriters);
    expect(inOrder(replay, 'print?thread=R1', 'blocked?thread=W1&reason=lock&object=room', 'print?thread=R2')).toBe(
      true,
    );
    expect(threadAfter(replay, 'print?thread=R2', 'W1').state).toBe('Blocked');
    expect(companies(replay)).toContainEqual(['R1', 'R2']);
    expect(comes(replay, 'blocked?thread=R2&reason=lock')).toBe(false);
  });

  test('answers its second question: the writer is last, and with eight readers it is last, too', async () => {
    expect(await order({})).toEqual(['R1', 'R2', 'R3', 'W1']);
    expect((await order({ readers: 8 })).at(-1)).toBe('W1');
  });

  test('with nobody preferred the writer goes in second, however many readers follow', async () => {
    expect(await order({ prefer: 'nobody' })).toEqual(['R1', 'W1', 'R2', 'R3']);
    const eight = await order({ prefer: 'nobody', readers: 8 });
    expect(eight.indexOf('W1')).toBeLessThanOrEqual(2);
    const { replay } = await lab.run(readersWriters, { prefer: 'nobody' });
    expect(comes(replay, 'blocked?thread=R2&reason=lock&object=door')).toBe(true);
  });

  test.each(['readers', 'nobody'])(
    'with %s preferred no writer ever has company, and everybody gets in',
    async (prefer) => {
      const values = { readers: 4, writers: 3, prefer };
      const machines: Partial<MachineConfig>[] = POLICY_NAMES.flatMap((policy) =>
        [1, 2, 4].map((cpus) => ({ policy, cpus, quantum: 1 })),
      );
      for (let seed = 0; seed < 100; seed += 1) machines.push({ policy: 'random', cpus: 1 + (seed % 3), seed });
      for (const machine of machines) {
        const { state, replay, stdout } = await lab.run(readersWriters, values, machine);
        expect(state, JSON.stringify(machine)).toBe('finished');
        expect(twin.normalise(stdout)).toEqual(twin.expected(values));
        for (const company of companies(replay)) {
          if (company.some((name) => name.startsWith('W'))) expect(company, JSON.stringify(machine)).toHaveLength(1);
        }
      }
    },
  );
});
