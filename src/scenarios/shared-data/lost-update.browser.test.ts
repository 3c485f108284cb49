import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FixtureRun } from '../../runtime/fixtures/lab.fixture.ts';
import { createPythonMachine } from '../../runtime/fixtures/python.fixture.ts';
import type { MachineConfig } from '../../abi/config.ts';
import type { Machine } from '../../ui/host/machine.ts';
import { defaultView } from '../../ui/state/view.ts';
import { runLesson } from '../python-lessons.fixture.ts';
import type { ParameterValues } from '../scenario.ts';
import { sharedData } from './scenario.ts';

/** As many as fit into a test; 1,000 of them are a part of `npm run soak -- --engine py`. */
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);

const SUM = 6;

describe('two Python threads that add one to a global', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await createPythonMachine();
  }, 120_000);
  afterAll(() => machine.dispose());

  function run(parameters: ParameterValues, change: Partial<MachineConfig> = {}): Promise<FixtureRun> {
    const base = defaultView(sharedData, 'py');
    const view = {
      ...base,
      parameters: { ...base.parameters, ...parameters },
      config: { ...base.config, ...change },
    };
    return runLesson(machine, view);
  }

  const seen = ({ stdout }: FixtureRun): number => Number(/The main thread sees (\d+)\n$/.exec(stdout)?.[1]);

  test('lose an addition as the lesson opens', async () => {
    const lost = await run({});
    expect(lost.stderr).toBe('');
    expect(seen(lost)).toBeLessThan(SUM);
  });

  test('lose some under many schedules, and none with the lock', { timeout: 120_000 }, async () => {
    const without: number[] = [];
    const withLock: number[] = [];
    for (const seed of SEEDS) {
      without.push(seen(await run({}, { policy: 'random', seed })));
      withLock.push(seen(await run({ locked: true }, { policy: 'random', seed })));
    }
    expect(without.filter((sum) => sum < SUM).length).toBeGreaterThan(SEEDS.length / 4);
    expect(withLock).toEqual(SEEDS.map(() => SUM));
  });
});
