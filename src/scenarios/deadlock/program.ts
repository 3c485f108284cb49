import { Lock, print, Process, sleep } from 'procession';

/** Copies a page. That takes two devices, and each of them serves one process at a time. */
function copy(name: string, first: Lock, second: Lock, pause: number): void {
  first.acquire();
  print(`${name} has one device`);
  if (pause > 0) {
    sleep(pause / 100); // gets the page ready, and keeps the device
  }
  second.acquire(); // Blocked while the other has it
  print(`${name} has copied a page`);
  second.release();
  first.release();
}

export function main({ ordered, pause }: { ordered: boolean; pause: number }): void {
  const scanner = new Lock();
  const printer = new Lock();
  const ann = new Process({ target: copy, args: ['Ann', scanner, printer, pause], name: 'Ann' });
  const order = ordered ? ([scanner, printer] as const) : ([printer, scanner] as const);
  const bob = new Process({ target: copy, args: ['Bob', ...order, pause], name: 'Bob' });
  ann.start();
  bob.start();
  ann.join();
  bob.join();
  print('Both have copied');
}
