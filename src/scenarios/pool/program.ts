import { getpid, Pool, print, sleep } from 'procession';

/** A task; one of the pool's processes is borrowed for it. */
function square(n: number): number {
  print(`pid ${getpid()} does task ${n}`);
  sleep(0.2);
  return n * n;
}

export function main({ pool, tasks, how }: { pool: number; tasks: number; how: string }): void {
  const workers = new Pool(pool); // so many processes, started once
  const numbers = Array.from({ length: tasks }, (_, i) => i + 1);
  if (how === 'apply') {
    for (const n of numbers) {
      const answer = workers.apply(square, [n]); // Blocked until this one is done
      print(`${n} squared is ${answer}`);
    }
  } else if (how === 'async') {
    const results = numbers.map((n) => workers.applyAsync(square, [n])); // each returns at once
    print('All tasks are handed in');
    for (const n of numbers) print(`${n} squared is ${results[n - 1]?.get()}`); // Blocked until that one is done
  } else {
    print('The squares are', workers.map(square, numbers)); // Blocked until all are done
  }
  workers.close(); // no more tasks
  workers.join(); // Blocked until the processes have ended
  print('The pool is empty');
}
