import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MACHINE_RANGES, POLICY_NAMES, type MachineConfig } from '../abi/config.ts';
import { runsIn } from '../ui/state/run-spec.ts';
import { comes, inOrder, recordOf, tickOf } from './events.fixture.ts';
import { loadFiles, SCENARIOS } from './index.ts';
import { anchorsOf } from './lesson-links.fixture.ts';
import { lesson, NodeLab, type FinishedRun } from './node-lab.fixture.ts';
import type { ParameterValues } from './scenario.ts';
import { linesOf } from './twin.ts';
import { TWINS } from './twins.fixture.ts';

/** Those that are only in Python are run in browsers, beside them. */
const LESSONS = SCENARIOS.filter((scenario) => runsIn(scenario, 'ts'));
const isHere = (id: string): boolean => LESSONS.some((scenario) => scenario.id === id);

/** Lessons whose point is a deadlock: that is how they end as they open, and how they may end otherwise. */
const DEADLOCKING: readonly string[] = ['rlock', 'deadlock', 'philosophers'];

const soldIn = ({ stdout }: FinishedRun): number => linesOf(stdout).filter((line) => line.includes(' bought ')).length;

describe('in the lab', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  const run = (id: string, values?: ParameterValues, machine?: Partial<MachineConfig>): Promise<FinishedRun> =>
    lab.run(lesson(id), values, machine);

  describe.each(LESSONS.map(({ id }) => id))('%s', (id) => {
    const ends = DEADLOCKING.includes(id) ? ['finished', 'deadlock'] : ['finished'];

    test('as it opens, runs to its end', async () => {
      expect((await run(id)).state).toBe(ends.at(-1));
    });

    test('has a text whose every event comes when it is run as it opens', async () => {
      const { replay } = await run(id);
      const { text } = await loadFiles(id);
      const anchors = anchorsOf(text.en, 'ts');
      expect(anchors.length).toBeGreaterThanOrEqual(4);
      for (const anchor of anchors) expect(recordOf(replay, anchor)).toBeGreaterThan(0);
    });

    test('ends under every policy, on one CPU and on four', async () => {
      for (const policy of POLICY_NAMES) {
        for (const cpus of [1, 4])
          expect(ends, `${policy}, ${cpus}`).toContain((await run(id, {}, { policy, cpus })).state);
      }
    });

    test('ends with the least and with the most that its parameters allow', async () => {
      for (const bound of ['min', 'max'] as const) {
        const values = Object.fromEntries(
          Object.entries(lesson(id).parameters).flatMap(([name, parameter]) =>
            parameter.kind === 'integer' ? [[name, parameter[bound]]] : [],
          ),
        );
        expect(ends, bound).toContain((await run(id, values)).state);
      }
    });
  });

  test.each(TWINS.filter(([id]) => isHere(id)))(
    '%s prints what Python prints, wherever the program determines it',
    async (id, twin) => {
      for (const values of twin.determined) {
        for (const machine of [{}, { policy: 'random', cpus: 2 }, { policy: 'rr', quantum: 1, cpus: 3 }] as const) {
          const { stdout } = await run(id, values, machine);
          expect(twin.normalise(stdout, values), JSON.stringify({ values, machine })).toEqual(twin.expected(values));
        }
      }
    },
  );

  describe('three-states', () => {
    test('shows the whole life of P2 in 40 to 120 steps, the first Blocked among the first ten', async () => {
      const { replay, steps } = await run('three-states');
      expect(steps).toBeGreaterThanOrEqual(40);
      expect(steps).toBeLessThanOrEqual(120);
      expect(tickOf(replay, 'blocked?thread=P2&reason=io')).toBeLessThan(10);
      expect(
        inOrder(
          replay,
          'created?thread=P2',
          'ready?thread=P2&cause=created',
          'dispatched?thread=P2',
          'blocked?thread=P2&reason=io',
          'ready?thread=P2&cause=io',
          'dispatched?thread=P2&nth=2',
          'preempted?thread=P2&cause=quantum',
          'terminated?thread=P2',
        ),
      ).toBe(true);
    });

    test('answers its questions: after I/O and after a quantum, P2 is Ready', async () => {
      const { replay } = await run('three-states');
      for (const anchor of ['ready?thread=P2&cause=io', 'preempted?thread=P2&cause=quantum']) {
        const record = recordOf(replay, anchor);
        expect(replay.at(record).threads.find(({ shortName }) => shortName === 'P2')?.state).toBe('Ready');
      }
    });

    test('wakes the parent when the child it waits for has ended', async () => {
      const { replay } = await run('three-states');
      expect(
        inOrder(replay, 'blocked?thread=P1&reason=join&object=P2', 'terminated?thread=P2', 'woken?thread=P1'),
      ).toBe(true);
    });

    test('with four CPUs blocks P2 all the same', async () => {
      const { replay } = await run('three-states', {}, { cpus: 4 });
      expect(comes(replay, 'blocked?thread=P2&reason=io')).toBe(true);
      expect(comes(replay, 'preempted')).toBe(false);
    });
  });

  describe('hello-process', () => {
    const speakers = async (values: ParameterValues, machine?: Partial<MachineConfig>): Promise<string[]> =>
      linesOf((await run('hello-process', values, machine)).stdout).map((line) => line.split(':')[0] ?? '');

    test('answers its questions: the child prints while the parent sleeps, and has done nothing when start returns', async () => {
      const { replay } = await run('hello-process');
      expect(await speakers({})).toEqual(['Parent', 'Child', 'Parent']);
      expect(
        inOrder(
          replay,
          'start?thread=P1',
          'blocked?thread=P1&reason=sleep',
          'dispatched?thread=P2',
          'print?thread=P2',
          'ready?thread=P1&cause=timer',
          'print?thread=P1&nth=2',
        ),
      ).toBe(true);
    });

    test('without sleep and join the order is the scheduler’s', async () => {
      expect(await speakers({ pause: 0 })).toEqual(['Parent', 'Parent', 'Child']);
      expect(await speakers({ pause: 0 }, { quantum: 2 })).toEqual(['Parent', 'Child', 'Parent']);
    });

    test('with join the parent is blocked until the child has ended', async () => {
      const { replay } = await run('hello-process', { pause: 0, join: true });
      expect(inOrder(replay, 'blocked?thread=P1&reason=join', 'terminated?thread=P2', 'print?thread=P1&nth=2')).toBe(
        true,
      );
    });
  });

  describe('lock', () => {
    test('as it opens, sells two tickets four times, and the counter says that one is left', async () => {
      const unlocked = await run('lock');
      expect(soldIn(unlocked)).toBe(4);
      expect(linesOf(unlocked.stdout).at(-1)).toBe('The counter says: 1 left');
    });

    test('as it opens, loses the CPU between load and store', async () => {
      const { replay } = await run('lock');
      expect(
        inOrder(
          replay,
          'load?thread=P2&object=tickets',
          'preempted?thread=P2',
          'load?thread=P3&object=tickets',
          'store?thread=P2&object=tickets',
          'store?thread=P3&object=tickets',
        ),
      ).toBe(true);
    });

    test('without the lock, FCFS on one CPU hides the fault; time to think or a second CPU shows it', async () => {
      const policy = 'fcfs';
      expect(soldIn(await run('lock', {}, { policy }))).toBe(2);
      expect(soldIn(await run('lock', { think: 1 }, { policy }))).toBeGreaterThan(2);
      expect(soldIn(await run('lock', {}, { policy, cpus: 2 }))).toBeGreaterThan(2);
    });

    test('with the lock, sells exactly as many as there are, under every policy, quantum and number of CPUs', async () => {
      for (const policy of POLICY_NAMES) {
        for (const quantum of [1, 2, 5]) {
          for (const cpus of [1, 2, 4]) {
            for (const think of [0, 3]) {
              const sale = await run('lock', { locked: true, think }, { policy, quantum, cpus, seed: quantum * cpus });
              expect(soldIn(sale), `${policy}, quantum ${quantum}, ${cpus} CPUs, think ${think}`).toBe(2);
            }
          }
        }
      }
    });

    test('with the lock, buyers queue at it', async () => {
      const { replay } = await run('lock', { locked: true });
      expect(comes(replay, 'blocked?reason=lock&object=lock&nth=2')).toBe(true);
      expect(inOrder(replay, 'blocked?thread=P3&reason=lock', 'woken?thread=P3', 'acquire?thread=P3')).toBe(true);
    });
  });

  describe('workload', () => {
    const average = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

    test('answers its questions: under RR P0 ends last, and P3 waits 5 ticks for its first', async () => {
      const { replay, processes } = await run('workload');
      expect(processes.map(({ name }) => name)).toEqual(['P0', 'P1', 'P2', 'P3']);
      expect(processes.map(({ turnaround }) => turnaround)).toEqual([19, 12, 9, 13]);
      expect(processes[3]?.response).toBe(5);
      expect(tickOf(replay, 'dispatched?thread=P3')).toBe(8);
    });

    test.each([
      ['fcfs', 14.5, 7.5],
      ['rr', 13.25, 6.25],
      ['sjf', 13.75, 6.75],
      ['srtf', 10.5, 3.5],
    ] as const)('has averages of its own under %s', async (policy, turnaround, waiting) => {
      const { processes } = await run('workload', {}, { policy });
      expect(average(processes.map((process) => process.turnaround ?? NaN))).toBe(turnaround);
      expect(average(processes.map((process) => process.waiting))).toBe(waiting);
    });

    test('under FCFS and SRTF P3 gets its first tick as late and as early as the lesson says', async () => {
      expect((await run('workload', {}, { policy: 'fcfs' })).processes[3]?.response).toBe(12);
      expect((await run('workload', {}, { policy: 'srtf' })).processes[3]?.response).toBe(0);
    });

    test('under priorities P1 takes the CPU from P0, which ends last', async () => {
      const { replay, processes } = await run('workload', {}, { policy: 'priority' });
      expect(tickOf(replay, 'preempted?thread=P0&cause=priority')).toBe(1);
      expect(processes.map(({ turnaround, arrival }) => (turnaround ?? NaN) + arrival).indexOf(19)).toBe(0);
    });

    test('with a quantum of 100 RR is FCFS', async () => {
      const rr = await run('workload', {}, { quantum: 100 });
      expect(rr.processes).toEqual((await run('workload', {}, { policy: 'fcfs' })).processes);
    });

    test('reads what a reader types, blanks and neighbours of one kind included', async () => {
      const typed = await run('workload', { jobs: ' 0 : c1-c2 ，1 ： i3-c2 @ 5 ' });
      expect(typed.processes.map(({ cpu, blocked }) => [cpu, blocked])).toEqual([
        [3, 0],
        [2, 3],
      ]);
    });

    test('runs 64 processes at once', async () => {
      const jobs = Array.from({ length: 64 }, (_, n) => `${n % 7}:c${1 + (n % 5)}-i${1 + (n % 3)}-c1`).join(',');
      const { state, processes } = await run('workload', { jobs }, { cpus: MACHINE_RANGES.cpus.max });
      expect([state, processes.length]).toEqual(['finished', 64]);
    });
  });
});
