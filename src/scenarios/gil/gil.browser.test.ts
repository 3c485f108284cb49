import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MachineConfig } from '../../abi/config.ts';
import { explain } from '../../replay/explain.ts';
import { hashLog } from '../../replay/hash.ts';
import type { Replay } from '../../replay/replay.ts';
import type { FixtureRun } from '../../runtime/fixtures/lab.fixture.ts';
import { createPythonMachine } from '../../runtime/fixtures/python.fixture.ts';
import type { Machine } from '../../ui/host/machine.ts';
import { defaultView } from '../../ui/state/view.ts';
import { recordOf, threadAfter } from '../events.fixture.ts';
import { anchorsOf } from '../lesson-links.fixture.ts';
import { replayOf, runLesson } from '../python-lessons.fixture.ts';
import type { ParameterValues } from '../scenario.ts';
import { en, zh } from './files.ts';
import { gil } from './scenario.ts';
import { twin } from './twin.ts';

interface Run extends FixtureRun {
  readonly replay: Replay;
  readonly hash: string;
}

/** What the program has measured, in ticks. */
const ticksOf = ({ stdout }: Run): number => Number(/(\d+) ms\n$/.exec(stdout)?.[1]) / 10;

/** How many threads were Running at once, at most. */
function mostRunning({ replay }: Run): number {
  let most = 0;
  for (let n = 0; n <= replay.records; n += 1) {
    most = Math.max(most, replay.at(n).threads.filter(({ state }) => state === 'Running').length);
  }
  return most;
}

describe('the lesson of the GIL', { timeout: 60_000 }, () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await createPythonMachine();
  }, 120_000);
  afterAll(() => machine.dispose());

  async function run(parameters: ParameterValues = {}, change: Partial<MachineConfig> = {}): Promise<Run> {
    const base = defaultView(gil);
    const view = {
      ...base,
      parameters: { ...base.parameters, ...parameters },
      config: { ...base.config, ...change },
    };
    const lesson = await runLesson(machine, view);
    const replay = replayOf(machine.memory, view.config.cpus);
    return { ...lesson, replay, hash: hashLog(replay.log) };
  }

  test('as it opens, ends in 40 to 120 steps, without an error, and is the same run twice', async () => {
    const first = await run();
    expect([first.status.state, first.stderr]).toEqual(['finished', '']);
    expect(first.status.steps).toBeGreaterThanOrEqual(40);
    expect(first.status.steps).toBeLessThanOrEqual(120);
    expect((await run()).hash).toBe(first.hash);
  });

  test('has texts whose every event comes when it is run as it opens', async () => {
    const { replay } = await run();
    for (const text of [en, zh]) {
      const anchors = anchorsOf(text, 'py');
      expect(anchors.length).toBeGreaterThanOrEqual(4);
      const records = anchors.map((anchor) => recordOf(replay, anchor));
      expect(records).toEqual(records.toSorted((a, b) => a - b));
    }
  });

  test('answers its first question: of two threads one is Ready beside an idle CPU, for the interpreter’s sake', async () => {
    const threads = await run();
    expect(mostRunning(threads)).toBe(1);
    const turn = 'dispatched?thread=P1.T3&nth=2';
    const { replay } = threads;
    const holder = threadAfter(replay, turn, 'P1.T3');
    const waiting = threadAfter(replay, turn, 'P1.T2');
    expect([holder.state, waiting.state]).toEqual(['Running', 'Ready']);
    expect(explain(replay, recordOf(replay, turn), waiting.tid, true)).toMatchObject({ interpreter: holder.tid });
  });

  test('takes twice as long with two threads as with one, and half of that with two processes, on both CPUs', async () => {
    const [one, two, processes] = [await run({ n: 1 }), await run(), await run({ kind: 'processes' })];
    expect(ticksOf(two) / ticksOf(one)).toBeGreaterThan(1.7);
    expect(ticksOf(two) / ticksOf(one)).toBeLessThan(2.3);
    expect(mostRunning(processes)).toBe(2);
    expect(ticksOf(processes) / ticksOf(two)).toBeLessThan(0.6);
    expect(ticksOf(await run({ kind: 'processes' }, { cpus: 1 })) / ticksOf(two)).toBeGreaterThan(0.8);
  });

  test('answers its second question: threads that sleep do so at once', async () => {
    const [one, two] = [await run({ work: 'sleep', n: 1 }), await run({ work: 'sleep' })];
    expect(ticksOf(two) / ticksOf(one)).toBeLessThan(1.2);
  });

  test('prints what its program determines, which python3 prints, too, on every machine', async () => {
    for (const values of twin.determined) {
      for (const change of [{}, { policy: 'random', cpus: 4 }, { quantum: 1, cpus: 1 }] as const) {
        const { stdout, stderr } = await run(values, change);
        const said = JSON.stringify({ values, change });
        expect(stderr, said).toBe('');
        expect(twin.normalise(stdout, values), said).toEqual(twin.expected(values));
      }
    }
  });
});
