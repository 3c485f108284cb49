import { perfCounter, print, Process, Semaphore, Thread } from 'procession';

/** A runner of a relay: waits for the baton, and hands it on. */
function run(mine: Semaphore, following: Semaphore, laps: number): void {
  for (let lap = 1; lap <= laps; lap += 1) {
    mine.acquire(); // Blocked until the baton comes
    following.release();
  }
}

/** Seconds between two readings of the clock, as ms. */
const ms = (from: number, to: number): string => ((to - from) * 1000).toFixed(1);

/** Starts n runners, lets the baton go round, waits for their end. Says how many ms each of the three took. */
function measure(kind: string, n: number, laps: number): void {
  const begun = perfCounter();
  const batons = Array.from({ length: n + 1 }, () => new Semaphore(0));
  const [first, last] = [batons[0], batons[n]] as [Semaphore, Semaphore];
  const runners: (Process | Thread)[] = [];
  for (let i = 0; i < n; i += 1) {
    const [mine, following] = [batons[i], batons[i + 1]] as [Semaphore, Semaphore];
    const options = { target: run, args: [mine, following, laps + 1] } as const;
    const runner = kind === 'Thread' ? new Thread(options) : new Process(options);
    runner.start();
    runners.push(runner);
  }
  let started = 0;
  for (let lap = 0; lap <= laps; lap += 1) {
    first.release();
    last.acquire(); // once round
    if (lap === 0) started = perfCounter(); // now all have begun to run
  }
  const switched = perfCounter();
  for (const runner of runners) runner.join();
  const finish = ms(switched, perfCounter());
  print(`${n} x ${kind}: start ${ms(begun, started)}, switch ${ms(started, switched)}, finish ${finish}`);
}

export function main({ n, laps }: { n: number; laps: number }): void {
  measure('Thread', n, laps);
  measure('Process', n, laps);
}
