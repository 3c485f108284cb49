import { afterAll, beforeAll, expect, test } from 'vitest';
import { stateWordOf } from '../abi/object-table.ts';
import { Control } from '../abi/control.ts';
import { objectAt } from '../abi/layout.ts';
import { ObjectKind, ObjectWord } from '../abi/objects.ts';
import { asObjectId } from '../base/ids.ts';
import type { Machine } from '../ui/host/machine.ts';
import { createFixtureMachine, runProgram, type Spec } from './fixtures/lab.fixture.ts';

const WORKERS = 4;
const ROUNDS = 250_000;
const ALL = WORKERS * ROUNDS;

let machine: Machine;
beforeAll(async () => {
  machine = await createFixtureMachine();
});
afterAll(() => machine.dispose());

/** What the run's only shared variable holds at the end. The run is muted, since a million rounds would fill the log. */
async function counted(program: string, parameters: Spec['parameters'] = {}): Promise<number> {
  const { status } = await runProgram(machine, {
    program,
    parameters: { workers: WORKERS, rounds: ROUNDS, ...parameters },
    mode: 'live',
    muted: true,
  });
  expect(status.state).toBe('finished');
  const { words } = machine.memory;
  for (let object = 1; object <= Atomics.load(words, Control.OBJECT_HEAD); object += 1) {
    if (words[objectAt(object) + ObjectWord.KIND] === ObjectKind.VALUE) {
      return Atomics.load(words, stateWordOf(asObjectId(object)));
    }
  }
  throw new Error('the program made a shared variable');
}

test('under a lock, hosts that really run in parallel lose nothing', async () => {
  expect(await counted('count', { locked: true })).toBe(ALL);
});

test('without a lock they lose updates in at least one of ten runs', async () => {
  const totals: number[] = [];
  while (totals.length < 10 && totals.every((total) => total === ALL)) {
    totals.push(await counted('count', { locked: false }));
  }
  expect(Math.min(...totals)).toBeLessThan(ALL);
  expect(Math.max(...totals)).toBeLessThanOrEqual(ALL);
});

test('with an atomic addition they lose nothing either', async () => {
  expect(await counted('count-atomically')).toBe(ALL);
});
