import { FixedThreadPool } from 'poolifier-web-worker';
import workerpool from 'workerpool';
import type { Machine } from '../../src/ui/host/machine.ts';
import { alternate, type Bench, type Case, type Row, type Samples } from '../bench.ts';
import { createBenchMachine } from '../machine/rig.ts';
import { liveRun } from '../machine/variables.ts';
import { default as poolifierUrl } from './poolifier.worker.ts?worker&url';
import { default as workerpoolUrl } from './workerpool.worker.ts?worker&url';

const WORKERS = 2;
const EMPTY_TASKS = 4000;
const BUSY_TASKS = 400;
const BUSY_MS = 1;

const perSecond = (count: number, ms: number): number => (count * 1000) / ms;

/** Tasks a second. `chunksize` 1: each is handed out by itself; 0: in chunks, as `Pool.map` does when it is not told. */
async function poolRate(machine: Machine | null, ms: number, tasks: number, chunksize = 1): Promise<number> {
  const parameters = { seconds: ms / 1000, tasks, workers: WORKERS, chunksize };
  const [microseconds = Number.NaN] = await liveRun(machine, 'pool', parameters, 1);
  return perSecond(tasks, microseconds / 1000);
}

/** Tasks a second through somebody's `execute`, all asked for at once. */
async function theirRate(execute: () => PromiseLike<unknown>): Promise<number> {
  const ask = (count: number): Promise<unknown> => Promise.all(Array.from({ length: count }, execute));
  await ask(8 * WORKERS);
  const begin = performance.now();
  await ask(EMPTY_TASKS);
  return perSecond(EMPTY_TASKS, performance.now() - begin);
}

class EmptyCase implements Case {
  /** Four agents, and each has to meet its part of the work often enough until it is compiled. */
  readonly warmUps = 8;
  readonly rows: readonly Row[] = [
    {
      what: { en: '`Pool.map`, empty tasks ÷ workerpool', zh: '`Pool.map` 空任务 ÷ workerpool' },
      n: String(WORKERS),
      ours: 'mapped',
      baseline: 'workerpool',
      goal: { at: 'least', value: 15 },
      unit: 'tasks/s',
    },
    {
      what: { en: '`Pool`, empty tasks one by one ÷ workerpool', zh: '`Pool` 空任务（逐个） ÷ workerpool' },
      n: String(WORKERS),
      ours: 'pool',
      baseline: 'workerpool',
      goal: { at: 'least', value: 15 },
      unit: 'tasks/s',
    },
    {
      what: {
        en: '`Pool`, empty tasks one by one ÷ poolifier-web-worker',
        zh: '`Pool` 空任务（逐个） ÷ poolifier-web-worker',
      },
      n: String(WORKERS),
      ours: 'pool',
      baseline: 'poolifier',
      goal: null,
      unit: 'tasks/s',
    },
  ];

  #machine: Machine | null = null;
  readonly #workerpool = workerpool.pool(workerpoolUrl, {
    workerType: 'web',
    maxWorkers: WORKERS,
    workerOpts: { type: 'module' },
  });
  readonly #poolifier = new FixedThreadPool<null, void>(WORKERS, new URL(poolifierUrl, location.href));

  async prepare(): Promise<void> {
    this.#machine = await createBenchMachine();
    while (!this.#poolifier.info.ready) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  round(round: number): Promise<Samples> {
    return alternate(round, {
      mapped: () => poolRate(this.#machine, 0, EMPTY_TASKS, 0),
      pool: () => poolRate(this.#machine, 0, EMPTY_TASKS),
      workerpool: () => theirRate(() => this.#workerpool.exec('empty')),
      poolifier: () => theirRate(() => this.#poolifier.execute(null)),
    });
  }

  async dispose(): Promise<void> {
    this.#machine?.dispose();
    await this.#workerpool.terminate();
    await this.#poolifier.destroy();
  }
}

/** The same work without any pool: half of the loops in each of two workers. */
class BusyCase implements Case {
  readonly rows: readonly Row[] = [
    {
      what: { en: '`Pool`, tasks of 1 ms ÷ two bare loops', zh: '`Pool` 1 ms 的任务 ÷ 两个裸循环' },
      n: String(WORKERS),
      ours: 'pool',
      baseline: 'loops',
      goal: { at: 'least', value: 0.92 },
      unit: 'tasks/s',
    },
  ];

  #machine: Machine | null = null;
  readonly #loops = Array.from(
    { length: WORKERS },
    () => new Worker(new URL('./loop.worker.ts', import.meta.url), { type: 'module' }),
  );

  async prepare(): Promise<void> {
    this.#machine = await createBenchMachine();
  }

  round(round: number): Promise<Samples> {
    return alternate(round, {
      pool: () => poolRate(this.#machine, BUSY_MS, BUSY_TASKS),
      loops: () => this.#loopRate(),
    });
  }

  async dispose(): Promise<void> {
    this.#machine?.dispose();
    for (const loop of this.#loops) loop.terminate();
  }

  async #loopRate(): Promise<number> {
    const times = this.#loops.map(
      (loop) =>
        new Promise<number>((resolve) => {
          loop.addEventListener('message', ({ data }: MessageEvent<number>) => resolve(data), { once: true });
          loop.postMessage({ ms: BUSY_MS, count: BUSY_TASKS / WORKERS });
        }),
    );
    return perSecond(BUSY_TASKS, Math.max(...(await Promise.all(times))));
  }
}

export const pool: Bench = { name: 'pool', cases: [() => new EmptyCase(), () => new BusyCase()] };
