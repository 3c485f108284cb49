import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMachineWith, readLog, type FixtureRun } from '../runtime/fixtures/lab.fixture.ts';
import { createPythonMachine } from '../runtime/fixtures/python.fixture.ts';
import type { Machine } from '../ui/host/machine.ts';
import type { Engine } from '../ui/state/lab.ts';
import { programValues, runsIn, specOf } from '../ui/state/run-spec.ts';
import { defaultView, type View } from '../ui/state/view.ts';
import hostScript from 'script:../workers/host.worker.ts';
import { loadFiles, SCENARIOS } from './index.ts';
import { comparable, ONLY_PRINTED, operationsOf, OWN_MACHINE } from './operations.fixture.ts';
import { withConstants } from './python-constants.ts';
import type { ParameterValues, Scenario } from './scenario.ts';
import { TWINS } from './twins.fixture.ts';

const LESSONS = SCENARIOS.filter((scenario) => runsIn(scenario, 'ts') && runsIn(scenario, 'py'));

/** Whoever came first runs until it waits: the same picks in both languages, although their statements are not the same. */
const picksOf = (lesson: string) => ({ policy: 'fcfs', cpus: OWN_MACHINE[lesson]?.cpus ?? 1 }) as const;

describe('the two programs of a lesson', () => {
  let typescript: Machine;
  let python: Machine;
  beforeAll(async () => {
    [typescript, python] = await Promise.all([createMachineWith(hostScript), createPythonMachine()]);
  }, 120_000);
  afterAll(() => {
    typescript.dispose();
    python.dispose();
  });

  async function run(machine: Machine, view: View): Promise<FixtureRun> {
    const { py } = await loadFiles(view.scenario.id);
    await machine.kernel.load(specOf(view, 1, withConstants(py.source, programValues(view))));
    const status = await machine.kernel.run({});
    return { status, ...readLog(machine) };
  }

  async function runBoth(
    scenario: Scenario,
    values: ParameterValues,
  ): Promise<readonly [ts: FixtureRun, py: FixtureRun]> {
    const { pool, ...parameters } = values as ParameterValues & { pool?: number };
    const viewIn = (engine: Engine): View => {
      const base = defaultView(scenario, engine);
      const own = { ...base.parameters, ...parameters };
      return { ...base, pool: pool ?? base.pool, parameters: own, config: { ...base.config, ...picksOf(scenario.id) } };
    };
    return [await run(typescript, viewIn('ts')), await run(python, viewIn('py'))];
  }

  test.each(LESSONS.map((scenario) => [scenario.id, scenario] as const))(
    '%s do the same, and print what they determine',
    { timeout: 60_000 },
    async (id, scenario) => {
      const twin = TWINS.find(([lesson]) => lesson === id)?.[1];
      for (const values of [{}, ...(twin?.determined ?? [])]) {
        const [ts, py] = await runBoth(scenario, values);
        const said = JSON.stringify(values);
        expect(py.status.state, `${said} ${py.stderr}`).toBe(ts.status.state);
        if (ONLY_PRINTED[id]?.when(values) !== true) {
          expect(comparable(id, operationsOf(py)), said).toEqual(comparable(id, operationsOf(ts)));
        }
        if (twin?.determined.includes(values) !== true) continue;
        expect(py.stderr, said).toBe('');
        expect(twin.normalise(py.stdout, values), said).toEqual(twin.expected(values));
      }
    },
  );
});
