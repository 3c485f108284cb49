import { expect, test } from 'vitest';
import { objectAt } from '../abi/layout.ts';
import { allocateObject, stateWordOf } from '../abi/object-table.ts';
import { ObjectKind } from '../abi/objects.ts';
import { InputKind, Kind, RunEnd } from '../abi/record.ts';
import { logWords, ofKind, openLab } from './lab.fixture.ts';
import type { Programs } from './scripted-hosts.fixture.ts';

/** A pool whose main process does nothing but wait until its bell has rung `changes` times. */
function pool(changes: number, seen: number[] = []): Programs {
  return {
    *main({ memory }) {
      yield { ask: 'checkpoint' };
      const row = allocateObject(memory, ObjectKind.POOL, 0, 1);
      const [size, bell] = [stateWordOf(row), stateWordOf(row, 1)];
      Atomics.store(memory.words, size, 4);
      for (let rung = 0; rung < changes; rung = Atomics.load(memory.words, bell)) {
        // With a time-out, or it would be a deadlock before anybody can ring.
        yield { ask: 'wait', word: bell, expected: rung, ticks: 100 };
        seen.push(Atomics.load(memory.words, size));
      }
      yield { ask: 'checkpoint' };
    },
  };
}

test('a new size is stored in the pool’s row, the bell rings, and who waits for it goes on in the same tick', async () => {
  const seen: number[] = [];
  const lab = await openLab(pool(2, seen));
  const inputs = [
    { kind: 'pool', tick: 5, size: 7 },
    { kind: 'pool', tick: 9, size: 2 },
  ] as const;
  const entries = await lab.run({ schedule: { picks: [], inputs } });
  expect(ofKind(entries, Kind.INPUT).map(({ tick, aux, a }) => [tick, aux, a])).toEqual([
    [5, InputKind.POOL, 7],
    [9, InputKind.POOL, 2],
  ]);
  expect(ofKind(entries, Kind.WOKEN).map(({ tick }) => tick)).toEqual([5, 9]);
  expect(ofKind(entries, Kind.READY).map(({ tick }) => tick)).toEqual([0, 5, 9]);
  expect(seen).toEqual([7, 2]);
  expect(entries.at(-1)).toMatchObject({ kind: Kind.END, aux: RunEnd.FINISHED });
});

test('a size that is wanted while the run rests holds from the next tick on, belongs to the schedule, and repeats', async () => {
  const lab = await openLab(pool(1));
  await lab.load();
  await lab.kernel.run({ steps: 1 });
  const { tick } = await lab.kernel.resizePool(9);
  const { state } = await lab.kernel.run({});
  expect(state).toBe('finished');
  const schedule = await lab.kernel.schedule();
  expect(schedule.inputs).toEqual([{ kind: 'pool', tick: tick + 1, size: 9 }]);
  const words = logWords(lab.memory);
  await lab.run({ schedule });
  expect(logWords(lab.memory)).toEqual(words);
});

test('without a pool a new size is refused; one that comes from a link is recorded, and changes nothing', async () => {
  const lab = await openLab({
    *main() {
      yield { ask: 'sleep', ticks: 5 };
    },
  });
  await lab.load({ schedule: { picks: [], inputs: [{ kind: 'pool', tick: 3, size: 2 }] } });
  await expect(lab.kernel.resizePool(3)).rejects.toThrow('the program has no pool');
  await lab.kernel.run({});
  expect(ofKind(lab.entries(), Kind.INPUT)).toHaveLength(1);
  expect(Atomics.load(lab.memory.words, objectAt(2))).toBe(0);
  await expect(lab.kernel.resizePool(3)).rejects.toThrow('the run is over');
});
