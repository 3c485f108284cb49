import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Control } from '../abi/control.ts';
import { objectAt } from '../abi/layout.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { ObjectKind, ObjectWord } from '../abi/objects.ts';
import { asObjectId } from '../base/ids.ts';
import type { Machine } from '../ui/host/machine.ts';
import { createFixtureMachine, runProgram } from './fixtures/lab.fixture.ts';

const WORKERS = 8;
/** For all together; `npm run stress` takes a minute. */
const seconds = Number(import.meta.env['VITE_STRESS_SECONDS'] ?? 5);

/** What each of the eight does, and the least share of the mean that each must get. */
const WORKS: readonly [what: string, leastShare: number][] = [
  // Whoever is quicker takes it, as CPython's: nobody gets nothing, but no more is promised.
  ['lock', 0],
  ['fair lock', 0.5],
  ['rlock', 0],
  ['semaphore', 0],
  // Producers and consumers each have done half.
  ['condition', 0],
  ['queue', 0],
  ['pipe', 0],
  // One after the other, and all together: nobody can be ahead.
  ['event', 0.5],
  ['barrier', 0.5],
];

/** A wake-up that is lost leaves a process waiting for ever: the run would be a deadlock, or not end in this time. */
const PATIENCE_MS = 30_000;

interface Tally {
  readonly total: number;
  readonly faults: number;
  readonly each: readonly number[];
}

describe('eight hosts that really run in parallel', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await createFixtureMachine();
  });
  afterAll(() => machine.dispose());

  /** The shared variables of a run, in the order in which they were made. */
  function variables(): number[] {
    const { words } = machine.memory;
    const rows = Array.from({ length: Atomics.load(words, Control.OBJECT_HEAD) }, (_, n) => n + 1);
    return rows
      .filter((row) => words[objectAt(row) + ObjectWord.KIND] === ObjectKind.VALUE)
      .map((row) => Atomics.load(words, stateWordOf(asObjectId(row))));
  }

  async function stressed(what: string): Promise<Tally> {
    const parameters = { what, seconds: seconds / WORKS.length, workers: WORKERS };
    // Muted: at this rate no reader could keep the log from filling up.
    const { status } = await runProgram(machine, { program: 'stress', parameters, mode: 'live', muted: true });
    expect([status.state, status.message ?? '']).toEqual(['finished', '']);
    const made = variables().slice(-(WORKERS + 2));
    const [total = 0, faults = 0, ...each] = made;
    return { total, faults, each };
  }

  test.each(WORKS)(
    '%s: nothing is lost, doubled or overtaken, and nobody starves',
    async (what, leastShare) => {
      const { total, faults, each } = await stressed(what);
      const sum = each.reduce((all, one) => all + one, 0);
      const mean = sum / WORKERS;
      expect(faults).toBe(0);
      // A message is counted by its consumer only, and what is still in the buffer is taken at the end.
      expect(total).toBe(['condition', 'queue', 'pipe'].includes(what) ? sum / 2 : sum);
      expect(mean).toBeGreaterThan(10);
      expect(Math.min(...each)).toBeGreaterThan(mean * leastShare);
    },
    PATIENCE_MS + seconds * 1000,
  );
});
