import { afterAll, beforeAll, expect, test } from 'vitest';
import { Control } from '../abi/control.ts';
import { medianOf } from '../ui/state/experiment-plan.ts';
import type { Machine } from '../ui/host/machine.ts';
import { createMachineWith, runProgram } from './fixtures/lab.fixture.ts';
import burnerScript from 'script:./fixtures/burner.test.worker.ts';
import hostScript from 'script:../workers/host.worker.ts';

const US_PER_MS = 1000;
const NS_PER_MS = 1_000_000;
/** What a task of the lesson computes, alone on a core. */
const TASK_MS = 160;
const ROUNDS = 5;
const PROBE_MS = 100;

/** More of them make the test no better. */
const CORES = Math.min(navigator.hardwareConcurrency, 4);
const TASKS = 2 * CORES;

let machine: Machine;
const burners: Worker[] = [];

beforeAll(async () => {
  machine = await createMachineWith(hostScript);
  const url = URL.createObjectURL(new Blob([burnerScript], { type: 'text/javascript' }));
  for (let burner = 0; burner < 2 * CORES; burner += 1) burners.push(new Worker(url, { type: 'module' }));
  await coresGiven(burners.length);
});
afterAll(() => {
  machine.dispose();
  for (const burner of burners) burner.terminate();
});

const unitMs = (): number => Atomics.load(machine.memory.words, Control.WORK_UNIT_NS) / NS_PER_MS;

const burn = (burner: Worker): Promise<number> =>
  new Promise((resolve) => {
    burner.addEventListener('message', ({ data }: MessageEvent<number>) => resolve(data), { once: true });
    burner.postMessage(PROBE_MS);
  });

/** How many cores' worth of work so many workers get done that do nothing else: what this machine has for them just now. */
async function coresGiven(workers: number): Promise<number> {
  const units = await Promise.all(burners.slice(0, workers).map(burn));
  return (units.reduce((sum, one) => sum + one, 0) * unitMs()) / PROBE_MS;
}

/** Milliseconds that the lesson's tasks take in real time, which are nothing but work. */
async function durationMs(pool: number): Promise<number> {
  const { status, records } = await runProgram(machine, {
    program: 'pool-size',
    parameters: { pool, tasks: TASKS, ioShare: 0 },
    mode: 'live',
  });
  expect(status.state).toBe('finished');
  return Math.max(...records.map(({ time }) => time)) / US_PER_MS;
}

interface Point {
  readonly ms: number;
  readonly cores: number;
}

/** One measurement, between two looks at what the machine has to give. */
async function measured(pool: number): Promise<Point> {
  const before = await coresGiven(pool);
  const ms = await durationMs(pool);
  return { ms, cores: (before + (await coresGiven(pool))) / 2 };
}

test('n processes on c cores take n ÷ c as long: what is computed is work, and a process without a core does none', async () => {
  await durationMs(1);
  const sizes = [1, CORES, 2 * CORES];
  const rounds: Point[][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const points: Point[] = [];
    for (const size of sizes) points.push(await measured(size));
    rounds.push(points);
  }
  const median = (of: (points: readonly Point[]) => number): number => medianOf(rounds.map(of)) ?? Number.NaN;
  // As long as that work takes on the cores that as many bare loops were given: on an idle machine min(n, c).
  const ideal = ({ cores }: Point): number => (TASKS * TASK_MS) / cores;
  const toIdeal = sizes.map((_, size) => median((points) => pointAt(points, size).ms / ideal(pointAt(points, size))));
  for (const ratio of toIdeal) {
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(2);
  }
  // The curve falls up to the number of cores, and no further than the machine has cores to give.
  const gained = (from: number, to: number): number =>
    median((points) => pointAt(points, from).ms / pointAt(points, to).ms);
  const given = (from: number, to: number): number =>
    median((points) => pointAt(points, to).cores / pointAt(points, from).cores);
  if (CORES > 1) expect(gained(0, 1)).toBeGreaterThan(0.65 * given(0, 1));
  expect(gained(1, 2)).toBeLessThan(1.35 * given(1, 2));
});

function pointAt(points: readonly Point[], size: number): Point {
  const point = points[size];
  if (point === undefined) throw new Error('every size was measured');
  return point;
}
