import { type ListProxy, Lock, Manager, print, Process } from 'procession';

/** A worker: takes one from the number in the dict, several times. */
function work(worker: number, rounds: number, data: { n: number }, done: ListProxy<number>, lock: Lock | null): void {
  for (let round = 1; round <= rounds; round += 1) {
    lock?.acquire(); // Blocked while another worker is between get and set
    data.n -= 1; // get, then set: two requests, each Blocked until the server answers
    lock?.release();
  }
  done.append(worker); // one request
}

export function main({ workers, rounds, locked }: { workers: number; rounds: number; locked: boolean }): void {
  const manager = new Manager(); // starts the server, a process
  const data = manager.dict({ n: 100 }); // the dict is the server's, this is a proxy
  const done = manager.list<number>([]);
  const lock = locked ? new Lock() : null;
  const started: Process[] = [];
  for (let n = 1; n <= workers; n += 1) {
    const worker = new Process({ target: work, args: [n, rounds, data, done, lock], name: `W${n}` });
    worker.start();
    started.push(worker);
  }
  for (const worker of started) worker.join();
  print(`Taken: ${workers * rounds} of 100, left: ${data.n}`);
  print('Done:', done);
}
