import { Condition, print, Process, sleep, Value } from 'procession';

type Bakery = { shelf: Value; room: number; changed: Condition; waiting: string };

/** A producer: puts loaves on the shelf, one after another. */
function bake(baker: number, loaves: number, { shelf, room, changed, waiting }: Bakery): void {
  for (let loaf = 1; loaf <= loaves; loaf += 1) {
    sleep(0.2); // in the oven
    changed.acquire(); // the condition's lock: nobody else touches the shelf now
    while (shelf.value === room) {
      changed.wait(); // gives the lock back, Blocked until notified, then takes the lock again
      if (waiting === 'if') break; // as if `while` were `if`: does not look again
    }
    shelf.value += 1;
    print(`Baker ${baker} brings a loaf`);
    changed.notifyAll(); // whoever waits may look again
    changed.release();
  }
}

/** A consumer: takes loaves from the shelf, one after another. */
function buy(customer: number, loaves: number, { shelf, changed, waiting }: Bakery): void {
  for (let loaf = 1; loaf <= loaves; loaf += 1) {
    changed.acquire();
    while (shelf.value === 0) {
      changed.wait();
      if (waiting === 'if') break;
    }
    const left = shelf.value - 1;
    shelf.value = left;
    print(`Customer ${customer} takes a loaf, ${left} left`);
    changed.notifyAll();
    changed.release();
  }
}

type Parameters = { producers: number; consumers: number; room: number; waiting: string };

export function main({ producers, consumers, room, waiting }: Parameters): void {
  const bakery = { shelf: new Value('i', 0), room, changed: new Condition(), waiting };
  const start = (name: string, target: typeof buy, n: number, loaves: number): void =>
    new Process({ target, args: [n, loaves, bakery], name: `${name}${n}` }).start();
  for (let n = 1; n <= consumers; n += 1) start('C', buy, n, producers);
  for (let n = 1; n <= producers; n += 1) start('B', bake, n, consumers); // as many loaves as are wanted
}
