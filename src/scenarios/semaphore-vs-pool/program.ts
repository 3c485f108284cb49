import { getpid, Pool, print, Process, Semaphore, sleep } from 'procession';

/** The work, the same for both. */
function job(task: number): void {
  print(`pid ${getpid()} does task ${task}`);
  sleep(0.1);
}

/** A process for one task: it was started, and may have to wait until it is let in. */
function guest(task: number, room: Semaphore): void {
  room.acquire(); // n are inside: Blocked
  job(task);
  room.release();
}

export function main({ n, tasks, how }: { n: number; tasks: number; how: string }): void {
  const numbers = Array.from({ length: tasks }, (_, i) => i + 1);
  if (how !== 'pool') {
    const room = new Semaphore(n);
    const guests = numbers.map((task) => new Process({ target: guest, args: [task, room] }));
    for (const process of guests) process.start(); // as many processes as tasks
    for (const process of guests) process.join();
    print(`Semaphore: ${tasks} tasks, ${n} at a time`);
  }
  if (how !== 'semaphore') {
    const workers = new Pool(n); // n processes, whatever the number of tasks
    workers.map(job, numbers, 1);
    workers.close();
    workers.join();
    print(`Pool: ${tasks} tasks, ${n} at a time`);
  }
}
