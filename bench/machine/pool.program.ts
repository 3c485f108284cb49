import { perfCounter, Pool, Value } from 'procession';

function empty(): void {}

/** Computes for so many seconds of real time. */
function busy(seconds: number): void {
  const end = perfCounter() + seconds;
  while (perfCounter() < end);
}

type Parameters = { seconds: number; tasks: number; workers: number; chunksize: number };

/** The last variable is how long it took, in microseconds: the pool is there already, and each worker has done something. */
export function main({ seconds, tasks, workers, chunksize }: Parameters): void {
  const took = new Value('i', 0, { lock: false });
  const task = seconds === 0 ? empty : busy;
  const items = Array.from({ length: tasks }, () => seconds);
  const pool = new Pool(workers);
  pool.map(task, items.slice(0, 8 * workers), 1);
  const begin = perfCounter();
  pool.map(task, items, chunksize === 0 ? null : chunksize);
  took.value = Math.round((perfCounter() - begin) * 1_000_000);
  pool.close();
  pool.join();
}
