import { compute, io, Pool, print } from 'procession';

/** A task: it computes, then it waits for a device. */
function work(cpuTicks: number, ioTicks: number): void {
  compute(cpuTicks); // needs a CPU
  if (ioTicks > 0) io(ioTicks); // Blocked: its CPU is free for another
}

export function main({ pool, tasks, ioShare }: { pool: number; tasks: number; ioShare: number }): void {
  const ioTicks = Math.round((16 * ioShare) / 100);
  const workers = new Pool(pool);
  for (let task = 1; task <= tasks; task += 1) {
    workers.applyAsync(work, [16 - ioTicks, ioTicks]);
  }
  workers.close();
  workers.join(); // Blocked until the last task is done
  print(`${tasks} tasks, done by ${pool} processes`);
}
