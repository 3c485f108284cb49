import { describe, expect, test } from 'vitest';
import { asPid, asTid, NO_OBJECT } from '../base/ids.ts';
import { allocateObject } from '../abi/object-table.ts';
import { ObjectKind } from '../abi/objects.ts';
import { Kind } from '../abi/record.ts';
import { SpawnError } from '../abi/slot.ts';
import { compute, gantt, ofKind, openLab, type Entry } from './lab.fixture.ts';
import type { Programs } from './scripted-hosts.fixture.ts';

/** A process with a thread beside its first one, and another process; all compute. */
const BUSY: Programs = {
  *main() {
    yield { ask: 'checkpoint' };
    yield { ask: 'spawn', target: 'spin', thread: true };
    yield { ask: 'spawn', target: 'spin' };
    yield* compute(12);
    yield { ask: 'sleep', ticks: 50 };
  },
  *spin() {
    yield* compute(12);
  },
};

/** tids that ran in each tick, by the records of their steps. */
function runners(entries: readonly Entry[]): Map<number, number[]> {
  const ticks = new Map<number, number[]>();
  for (const { tick, tid } of ofKind(entries, Kind.LINE)) ticks.set(tick, [...(ticks.get(tick) ?? []), tid]);
  return ticks;
}

describe('the interpreter of a process', () => {
  test.each(['rr', 'fcfs', 'random', 'lottery', 'mlfq', 'priority', 'srtf'] as const)(
    'runs one of its threads at a time under %s, on four CPUs, and all get their turn',
    async (policy) => {
      const lab = await openLab(BUSY);
      const entries = await lab.run({ engine: 'py', machine: { cpus: 4, policy, quantum: 2, seed: 5 } });
      for (const [tick, tids] of runners(entries)) {
        expect(tids.includes(1) && tids.includes(2), `tick ${tick}: ${tids.join(', ')}`).toBe(false);
      }
      const steps = ofKind(entries, Kind.LINE);
      for (const tid of [2, 3]) expect(steps.filter((entry) => entry.tid === tid)).toHaveLength(12);
      expect(ofKind(entries, Kind.TERMINATED)).toHaveLength(3);
    },
  );

  test('goes from one thread to the other when the quantum ends, though CPUs are idle', async () => {
    const lab = await openLab(BUSY);
    const entries = await lab.run({ engine: 'py', machine: { cpus: 4, policy: 'rr', quantum: 2 } });
    const turns = ofKind(entries, Kind.LINE)
      .filter(({ tid }) => tid !== 3)
      .map(({ tid }) => tid)
      .join('');
    expect(turns.slice(0, 12)).toMatch(/^1+(?:2211)+2?2?1*$/);
  });

  test('is no concern of the TypeScript engine, whose threads run side by side', async () => {
    const lab = await openLab(BUSY);
    const entries = await lab.run({ machine: { cpus: 4, policy: 'rr', quantum: 2 } });
    expect([...runners(entries).values()].some((tids) => tids.includes(1) && tids.includes(2))).toBe(true);
  });

  test('is taken by the thread that the user picks', async () => {
    const lab = await openLab(BUSY);
    const picks = [6, 7, 8, 9].map((tick) => ({ tick, tid: asTid(2) }));
    const entries = await lab.run({
      engine: 'py',
      machine: { cpus: 2, policy: 'fcfs' },
      schedule: { picks, inputs: [] },
    });
    expect([...runners(entries)].filter(([tick]) => tick >= 6 && tick <= 9).every(([, tids]) => tids.includes(2))).toBe(
      true,
    );
    for (const tids of runners(entries).values()) expect(tids.includes(1) && tids.includes(2)).toBe(false);
    expect(gantt(entries, 1)).not.toBe('');
  });

  test('that no process could use, since the table of objects is full, is not kept for the next program', async () => {
    const answers: number[] = [];
    const lab = await openLab({
      *main({ memory }) {
        yield { ask: 'checkpoint' };
        while (allocateObject(memory, ObjectKind.VALUE, 0, asPid(1)) !== NO_OBJECT);
        answers.push(yield { ask: 'spawn', target: 'main' });
      },
    });
    await lab.run({ engine: 'py' });
    expect(answers).toEqual([SpawnError.NO_ROW]);
    const [main, child] = lab.hosts.demands.filter(({ kind }) => kind === 'host-wanted').map(({ slot }) => slot);
    expect(lab.hosts.demands).toContainEqual({ kind: 'host-unwanted', slot: child });
    expect(child).not.toBe(main);
  });
});
