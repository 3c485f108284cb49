import { Lock, print, Process, Thread } from 'procession';

let counter = 0; // a global: one for each process, shared by all its threads

/** Adds one to the counter, several times. */
function work(worker: number, rounds: number, locked: boolean, lock: Lock): void {
  for (let round = 1; round <= rounds; round += 1) {
    if (locked) lock.acquire(); // Blocked while another worker is between load and store
    counter += 1; // load, add, store: the thread may be interrupted in between
    if (locked) lock.release();
  }
  print(`Worker ${worker} sees ${counter}`);
}

type Parameters = { as: string; workers: number; rounds: number; locked: boolean };

export function main(wanted: Parameters): void {
  const lock = new Lock();
  const workers: (Process | Thread)[] = [];
  for (let n = 1; n <= wanted.workers; n += 1) {
    const options = { target: work, args: [n, wanted.rounds, wanted.locked, lock], name: `W${n}` } as const;
    const worker = wanted.as === 'threads' ? new Thread(options) : new Process(options);
    worker.start();
    workers.push(worker);
  }
  for (const worker of workers) worker.join();
  print(`The main thread sees ${counter}`);
}
