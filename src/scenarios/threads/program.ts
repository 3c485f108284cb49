import { getpid, print, Process, sleep, Thread } from 'procession';

/** The same function for all: says which process it runs in, and counts. */
function count(who: string, rounds: number): void {
  for (let n = 1; n <= rounds; n += 1) {
    print(`${who} in pid ${getpid()}: ${n}`);
    sleep(0.1); // Blocked: this thread, and no other
  }
}

export function main({ rounds }: { rounds: number }): void {
  print(`Main thread in pid ${getpid()}`);
  const process = new Process({ target: count, args: ['Process', rounds] });
  const thread = new Thread({ target: count, args: ['Thread', rounds] });
  process.start(); // a process of its own, with a main thread of its own
  thread.start(); // one more thread in this process
  sleep(1); // the main thread is Blocked, the other goes on
  print(`Main thread in pid ${getpid()} is awake`);
  process.join();
  thread.join();
}
