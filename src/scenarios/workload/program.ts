import { compute, io, Process } from 'procession';

/** Ticks of CPU that a burst needs: 3 for "c3", none for "i5". */
function cpuTicks(burst = ''): number {
  return burst.startsWith('c') ? Number(burst.slice(1)) : 0;
}

/** One process: its bursts in order, such as "c3-i5-c2". */
function work(bursts: string[]): void {
  for (const [n, burst] of bursts.entries()) {
    const ticks = Number(burst.slice(1));
    const next = cpuTicks(bursts[n + 1]); // SJF and SRTF are told what follows
    if (burst.startsWith('c')) {
      compute(ticks); // Running while it has a CPU, Ready while it has none
    } else {
      io(ticks, next); // Blocked
    }
  }
}

/** Starts one process for each job, such as "0:c3-i5-c2@1": arrival, bursts, priority. */
export function main({ jobs }: { jobs: string }): void {
  for (const [n, job] of jobs.split(',').entries()) {
    const [arrival, rest = ''] = job.split(':');
    const [text = '', priority = '0'] = rest.split('@');
    const bursts = text.split('-');
    const process = new Process({
      target: work,
      args: [bursts],
      name: `P${n}`,
      arrival: Number(arrival),
      priority: Number(priority),
      burst: cpuTicks(bursts[0]),
    });
    process.start();
  }
}
