import { Lock, print, Process, Value } from 'procession';

let counter = 100; // a global: every process has its own

/** Runs in a child: takes 10 off the global, and 10 off the shared variable. */
function work(child: number, shared: Value, lock: Lock): void {
  counter -= 10; // changes this process's counter, and no other
  print(`Child ${child}: my counter is ${counter}`);
  lock.acquire();
  shared.value -= 10; // load and store: the lock keeps them together
  lock.release();
}

export function main({ children }: { children: number }): void {
  const shared = new Value('i', 100); // lies in memory that all of them see
  const lock = new Lock();
  const started: Process[] = [];
  for (let child = 1; child <= children; child += 1) {
    const process = new Process({ target: work, args: [child, shared, lock] });
    process.start();
    started.push(process);
  }
  for (const process of started) process.join(); // now all of them have done their work
  print(`Parent: my counter is ${counter}`);
  print(`Parent: the shared one is ${shared.value}`);
}
