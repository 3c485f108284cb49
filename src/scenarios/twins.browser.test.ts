import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMachineWith, type FixtureRun } from '../runtime/fixtures/lab.fixture.ts';
import { createPythonMachine } from '../runtime/fixtures/python.fixture.ts';
import { explain } from '../replay/explain.ts';
import { waitForGraph } from '../replay/wait-for-graph.ts';
import type { Machine } from '../ui/host/machine.ts';
import type { Engine } from '../ui/state/lab.ts';
import { runsIn } from '../ui/state/run-spec.ts';
import { defaultView, type View } from '../ui/state/view.ts';
import { sayExplanation } from '../ui/texts/sentences.ts';
import hostScript from 'script:../workers/host.worker.ts';
import { scenarioOf } from './index.ts';
import { asWritten, comparable, ONLY_PRINTED, operationsOf, OWN_MACHINE } from './operations.fixture.ts';
import { PYTHON_LESSONS, replayOf, runLesson } from './python-lessons.fixture.ts';
import type { ParameterValues, Scenario } from './scenario.ts';
import { TWINS } from './twins.fixture.ts';

const LESSONS = PYTHON_LESSONS.filter(([, scenario]) => runsIn(scenario, 'ts'));

/** Whoever came first runs until it waits: the same picks in both languages, although their statements are not the same. */
const picksOf = (lesson: string) => ({ policy: 'fcfs', cpus: OWN_MACHINE[lesson]?.cpus ?? 1 }) as const;

/** What ends in a deadlock. */
const STUCK: readonly (readonly [id: string, values: ParameterValues])[] = [
  ['deadlock', {}],
  ['rlock', {}],
  ['philosophers', {}],
  ['pipe', { close: false }],
];

/**
 * Who waits for whom at the end of the run, and why, in a learner's words but for times and lines. Without the parent, which waits for one
 * of its children: of which, no program says.
 */
function whyOf({ memory }: Machine): string[] {
  const replay = replayOf(memory);
  const state = replay.at(replay.records);
  const names = new Map(state.threads.map(({ tid, name }) => [tid, name]));
  const objects = new Map(state.objects.map(({ id, name }) => [id, asWritten(name)]));
  const edges = waitForGraph(state).edges.flatMap((edge) =>
    edge.kind === 'joins' ? [] : [`${names.get(edge.thread)} ${edge.kind} ${objects.get(edge.object)}`],
  );
  const said = state.threads.flatMap(({ tid, name }) => {
    const explanation = explain(replay, replay.records, tid);
    const text = explanation === null ? '' : asWritten(sayExplanation(explanation, state, 'en'));
    return text === '' || text.includes('waits for the end of')
      ? []
      : [`${name}: ${text.replace(/\d+(\.\d+)?/g, 'n')}`];
  });
  return [...edges.toSorted(), ...said];
}

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
    return [await runLesson(typescript, viewIn('ts')), await runLesson(python, viewIn('py'))];
  }

  test.each(STUCK)('%s wait for the same in the end, and it is said alike', { timeout: 60_000 }, async (id, values) => {
    const scenario = scenarioOf(id) as Scenario;
    const [ts, py] = await runBoth(scenario, values);
    expect([ts.status.state, py.status.state]).toEqual(['deadlock', 'deadlock']);
    expect(whyOf(python)).toEqual(whyOf(typescript));
  });

  test.each(LESSONS)('%s do the same, and print what they determine', { timeout: 60_000 }, async (id, scenario) => {
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
  });
});
