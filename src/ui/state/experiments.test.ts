import { describe, expect, it } from 'vitest';
import type { Experiment, Scenario } from '../../scenarios/scenario.ts';
import { keyOf, medianOf, planOf, specWith } from './experiment-plan.ts';
import { FakeKernel } from './fake-kernel.fixture.ts';
import { FIRST, NO_FILES } from './lessons.fixture.ts';
import { PROGRAM } from './run-spec.ts';
import { openSession } from './session.fixture.ts';
import { defaultView } from './view.ts';

const text = (en: string) => ({ en, zh: `${en}（中）` });

const EXPERIMENT: Experiment = {
  title: text('How long'),
  vary: { kind: 'parameter', name: 'workers' },
  values: [1, 2, 4],
  x: text('workers'),
  y: text('ticks'),
  mode: 'stepped',
  repeats: 3,
  series: [
    { label: text('all'), measure: 'duration' },
    { label: text('switches'), measure: 'switches', machine: { policy: 'rr' } },
  ],
};
const LESSON: Scenario = { ...FIRST, experiment: EXPERIMENT };

/** Own machines of a session, each with how often it was disposed of. */
function machines(prepare: (kernel: FakeKernel) => void = () => {}) {
  const made: { kernel: FakeKernel; disposed: number }[] = [];
  const openMachine = async () => {
    const entry = { kernel: new FakeKernel(), disposed: 0 };
    prepare(entry.kernel);
    made.push(entry);
    return Object.assign(entry.kernel, { dispose: () => (entry.disposed += 1) });
  };
  return { made, openMachine };
}

const open = async (openMachine: () => Promise<FakeKernel & { dispose(): void }>, lesson = LESSON) => {
  const parts = { lessons: [lesson] as const, loadFiles: async () => NO_FILES, openMachine };
  const opened = await openSession('#/first-lesson?how=two', parts);
  const found = (index = 0) => opened.state().experiments[index]?.result ?? null;
  return { ...opened, found };
};

describe('the plan of an experiment', () => {
  const view = defaultView(LESSON);

  it('has one run a point and curve in stepped mode, with all else as it is set', () => {
    const plan = planOf(EXPERIMENT, { ...view, parameters: { ...view.parameters, how: 'two' } }, 2);
    expect(plan).toHaveLength(6);
    expect(plan.map(({ spec }) => spec.parameters['workers'])).toEqual([1, 1, 2, 2, 4, 4]);
    expect(plan.every(({ spec }) => spec.parameters['how'] === 'two' && spec.mode === 'stepped')).toBe(true);
    expect(plan.map(({ spec }) => spec.machine.policy)).toEqual(['fcfs', 'rr', 'fcfs', 'rr', 'fcfs', 'rr']);
  });

  it('repeats live runs round by round, and varies machine and pool as well', () => {
    const live = planOf({ ...EXPERIMENT, mode: 'live' }, view, 2);
    expect(live).toHaveLength(18);
    expect(live.slice(0, 6).map(({ point }) => point)).toEqual(live.slice(6, 12).map(({ point }) => point));
    const quantum = planOf({ ...EXPERIMENT, vary: { kind: 'machine', name: 'quantum' } }, view, 2);
    expect(quantum.map(({ spec }) => spec.machine.quantum)).toEqual([1, 1, 2, 2, 4, 4]);
    const pool = planOf({ ...EXPERIMENT, vary: { kind: 'pool' } }, view, 2);
    expect(pool.map(({ spec }) => spec.parameters['pool'])).toEqual([1, 1, 2, 2, 4, 4]);
    expect(keyOf(quantum)).not.toBe(keyOf(pool));
  });

  it('makes a run once that several curves need', () => {
    const [all] = EXPERIMENT.series;
    if (all === undefined) throw new Error('there is a curve');
    const series = [all, { ...all, measure: 'wake', of: 'threads' } as const, { ...all, measure: 'finish' } as const];
    const plan = planOf({ ...EXPERIMENT, series }, view, 2);
    expect(plan).toHaveLength(3);
    expect(plan[0]?.targets.map(({ measure, of }) => [measure, of])).toEqual([
      ['duration', 'all'],
      ['wake', 'threads'],
      ['finish', 'all'],
    ]);
  });

  it('is of the Python program where there is no other, or where it asks for that: with its constants, and without its source', () => {
    const own = planOf(EXPERIMENT, defaultView({ ...LESSON, engines: ['py'] }), 2);
    const asked = planOf({ ...EXPERIMENT, engine: 'py' }, view, 2);
    expect(planOf(EXPERIMENT, view, 2).every(({ constants }) => constants === null)).toBe(true);
    for (const plan of [own, asked]) {
      expect(plan.map(({ constants }) => constants?.['workers'])).toEqual([1, 1, 2, 2, 4, 4]);
      expect(plan.every(({ spec }) => spec.engine === 'py')).toBe(true);
      const sources = plan.map((planned) => specWith(planned, NO_FILES.py.source).files?.[PROGRAM]?.split('\n')[0]);
      expect(sources.filter((_, index) => index % 2 === 0)).toEqual(['WORKERS = 1', 'WORKERS = 2', 'WORKERS = 4']);
    }
    expect(keyOf(asked)).not.toBe(keyOf(planOf({ ...EXPERIMENT, engine: 'py', values: [1, 2, 3] }, view, 2)));
  });

  it('takes the value in the middle', () => {
    expect(medianOf([])).toBeNull();
    expect(medianOf([9, 1, 5])).toBe(5);
    expect(medianOf([9, 1])).toBe(5);
  });
});

describe('an experiment', () => {
  it('runs on a machine of its own, shows how far it is, and keeps what it found', async () => {
    const { made, openMachine } = machines();
    const { session, state, kernel, found } = await open(openMachine);
    await session.step(3);
    const { cursor, run } = state();
    const progress: number[] = [];
    session.store.subscribe(({ experiments }) => progress.push(experiments[0]?.result?.done ?? 0));
    await session.measure();
    expect(found()).toMatchObject({ state: 'done', done: 6, count: 6 });
    expect(found()?.points).toEqual([
      [5, 10, 20],
      [0, 9, 19],
    ]);
    expect(new Set(progress).size).toBeGreaterThan(3);
    expect(made.map(({ disposed }) => disposed)).toEqual([1]);
    expect(made[0]?.kernel.specs).toHaveLength(6);
    expect(kernel.specs).toHaveLength(1);
    expect(state()).toMatchObject({ cursor, run, measuring: false });
  });

  it('belongs to its settings: others have none yet, and with the same ones it is there again', async () => {
    const { openMachine } = machines();
    const { session, found } = await open(openMachine);
    await session.measure();
    const before = found();
    await session.setParameter('how', 'one');
    expect(found()).toBeNull();
    await session.setParameter('how', 'two');
    expect(found()).toBe(before);
  });

  it('can be stopped, and keeps what it has', async () => {
    const { made, openMachine } = machines();
    const { session, found } = await open(openMachine);
    const stop = session.store.subscribe(({ experiments, measuring }) => {
      if (measuring && experiments[0]?.result?.done === 2) session.stopMeasuring();
    });
    await session.measure();
    stop();
    expect(found()).toMatchObject({ state: 'stopped', done: 2, count: 6 });
    expect(found()?.points).toEqual([
      [5, null, null],
      [0, null, null],
    ]);
    expect(made[0]?.disposed).toBe(1);
  });

  it('that cannot go on says at which point and why, in both languages, and can be made again', async () => {
    let broken = true;
    const { openMachine } = machines((kernel) => {
      if (broken) kernel.limit = 7;
    });
    const { session, found } = await open(openMachine);
    await session.measure();
    expect(found()).toMatchObject({ state: 'failed', message: { key: 'plot.failed' } });
    expect(JSON.stringify(found()?.message)).toContain('workers = 2: the run did not finish (limit)');
    broken = false;
    await session.measure();
    expect(found()?.state).toBe('done');
  });

  it('without a machine says so', async () => {
    const { session, state, found } = await open(() => Promise.reject(new Error('no workers left')));
    await session.measure();
    expect(JSON.stringify(found()?.message)).toContain('no workers left');
    expect(state().measuring).toBe(false);
  });

  it('of a lesson that has one on the real clock, too, is measured for itself, with the cores of this machine', async () => {
    const { openMachine } = machines();
    const liveExperiment = (cores: number): Experiment => ({ ...EXPERIMENT, mode: 'live', values: [1, cores] });
    const { session, found } = await open(openMachine, { ...LESSON, liveExperiment });
    await session.measure(1);
    expect([found(0), found(1)]).toMatchObject([null, { state: 'done', count: 12 }]);
    expect(found(1)?.points.map((curve) => curve.length)).toEqual([2, 2]);
    await session.measure(0);
    expect([found(0)?.count, found(1)?.count]).toEqual([6, 12]);
  });
});

describe('an experiment in Python', () => {
  const experiment: Experiment = { ...EXPERIMENT, engine: 'py' };
  const lesson: Scenario = { ...FIRST, experiment };

  it('waits for Python, and says how far it is; its runs have the constants of their points', async () => {
    const { made, openMachine } = machines((kernel) => {
      kernel.preparing = async (progress) => {
        progress({ phase: 'loading', loaded: 3, total: 12 });
        progress({ phase: 'preparing' });
      };
    });
    const { session, found } = await open(openMachine, lesson);
    const phases = new Set<string | undefined>();
    session.store.subscribe(() => phases.add(found()?.boot?.phase));
    await session.measure();
    expect([...phases]).toEqual([undefined, 'loading', 'preparing']);
    expect(found()).toMatchObject({ state: 'done', done: 6, boot: null });
    const sources = made[0]?.kernel.specs.map(({ files }) => files?.[PROGRAM]);
    expect(sources?.[0]).toBe("WORKERS = 1\nLOCKED = True\nHOW = 'two'\nJOBS = '0:c3-i5-c2,0:c4@1'\nPOOL = 4\n");
    expect(sources?.[4]).toContain('WORKERS = 4\n');
    expect(made[0]?.disposed).toBe(1);
  });

  it('can be stopped while Python is loaded', async () => {
    const { made, openMachine } = machines((kernel) => {
      kernel.preparing = (_progress, signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('given up'))));
    });
    const { session, state, found } = await open(openMachine, lesson);
    const measured = session.measure();
    await expect.poll(() => made.length).toBe(1);
    session.stopMeasuring();
    await measured;
    expect(found()).toMatchObject({ state: 'stopped', done: 0, boot: null, message: null });
    expect([made[0]?.disposed, made[0]?.kernel.specs.length, state().measuring]).toEqual([1, 0, false]);
  });

  it('says why, where Python cannot be had', async () => {
    const { openMachine } = machines((kernel) => {
      kernel.preparing = () => Promise.reject(new Error('no wasm here'));
    });
    const { session, found } = await open(openMachine, lesson);
    await session.measure();
    expect(found()?.state).toBe('failed');
    expect(JSON.stringify(found()?.message)).toContain('no wasm here');
  });
});
