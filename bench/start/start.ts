import { alternate, type Bench, type Case, type Row, type Samples } from '../bench.ts';
import type { Machine } from '../../src/ui/host/machine.ts';
import { createBenchMachine, load, specOf } from '../machine/rig.ts';
import { stampMs, stampOf } from './stamp.ts';

/** Starts within one round, one after the other; their median is the round's. */
const STARTS = 5;
/** Terminated workers take their time to go, and the next start must not meet them. */
const REST_A_WORKER_MS = 5;

/** One process is the main process: nobody has to start it. */
const ALONE = { ...specOf('first-statement', 0, { policy: 'fcfs' }), launcher: false };

/** Milliseconds from the call to the first statement of the last of `n`. */
class StartCase implements Case {
  readonly rows: readonly Row[];
  readonly #n: number;
  #machine: Machine | null = null;

  constructor(n: number, atMost: number) {
    this.#n = n;
    this.rows = [
      {
        what: { en: 'start of a parked host ÷ a new `Worker`', zh: '启动驻留宿主 ÷ 新建 `Worker`' },
        n: String(n),
        ours: 'parked',
        baseline: 'worker',
        goal: { at: 'most', value: atMost },
        unit: 'ms',
      },
    ];
  }

  async prepare(): Promise<void> {
    this.#machine = await createBenchMachine();
  }

  round(round: number): Promise<Samples> {
    return alternate(round, {
      parked: () => medianOf(() => startParked(this.#machine, this.#n)),
      worker: () => medianOf(() => startWorkers(this.#n)),
    });
  }

  async dispose(): Promise<void> {
    this.#machine?.dispose();
  }
}

async function startParked(machine: Machine | null, n: number): Promise<number> {
  if (machine === null) throw new Error('the machine is not there yet');
  const stamps = Array.from({ length: n + 1 }, (_, slot) => stampOf(machine.memory.buffer, slot));
  for (const stamp of stamps) stamp[0] = 0;
  const beginMs = stampMs();
  await load(machine, n === 1 ? ALONE : specOf('first-statement', n, { policy: 'fcfs' }));
  const { state } = await machine.kernel.run({});
  const taken = stamps.map((stamp) => stamp[0] ?? 0).filter((stamp) => stamp > 0);
  if (state !== 'finished' || taken.length !== n) throw new Error(`${state}, ${taken.length} of ${n} started`);
  return Math.max(...taken) - beginMs;
}

async function startWorkers(n: number): Promise<number> {
  const beginMs = stampMs();
  const workers = Array.from(
    { length: n },
    () => new Worker(new URL('./newborn.worker.ts', import.meta.url), { type: 'module' }),
  );
  const ms = Math.max(...(await Promise.all(workers.map(firstMessage)))) - beginMs;
  for (const worker of workers) worker.terminate();
  await new Promise((resolve) => setTimeout(resolve, n * REST_A_WORKER_MS));
  return ms;
}

function firstMessage(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<number>) => resolve(data), { once: true });
    worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
  });
}

async function medianOf(start: () => Promise<number>): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < STARTS; i += 1) taken.push(await start());
  return taken.toSorted((a, b) => a - b)[STARTS >> 1] ?? Number.NaN;
}

export const start: Bench = {
  name: 'start',
  cases: [() => new StartCase(1, 1 / 15), () => new StartCase(32, 1 / 40)],
};
