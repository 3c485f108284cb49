import { Lock, print, Process, sleep, Value } from 'procession';

type Waiter = { chairs: Value; book: Lock; door: Lock };

function sitDown({ chairs, book, door }: Waiter): void {
  door.acquire(); // Blocked while all n - 1 chairs are taken: so there is always one who can get two forks
  book.acquire();
  chairs.value -= 1;
  if (chairs.value > 0) door.release(); // another may follow
  book.release();
}

function standUp({ chairs, book, door }: Waiter): void {
  book.acquire();
  chairs.value += 1;
  if (chairs.value === 1) door.release(); // the door was locked
  book.release();
}

function dine(seat: number, [first, second]: [Lock, Lock], cure: string, waiter: Waiter): void {
  if (cure === 'waiter') sitDown(waiter);
  while (true) {
    first.acquire();
    print(`Philosopher ${seat} has one fork`);
    sleep(0.5); // reaches slowly for the other fork
    if (second.acquire(cure !== 'release')) break; // Blocked while the neighbour has it; with 'release' only a try
    first.release(); // rather none than one
    print(`Philosopher ${seat} puts the fork back`);
    sleep(seat / 10); // not all for the same time: else they could go on like this for ever
  }
  print(`Philosopher ${seat} eats`);
  second.release();
  first.release();
  if (cure === 'waiter') standUp(waiter);
}

export function main({ n, cure }: { n: number; cure: string }): void {
  const forks = Array.from({ length: n }, () => new Lock());
  const waiter = { chairs: new Value('i', n - 1), book: new Lock(), door: new Lock() };
  for (let seat = 1; seat <= n; seat += 1) {
    const pair = [forks[seat - 1], forks[seat % n]] as [Lock, Lock]; // left, right
    if (cure === 'ordered' && seat === n) pair.reverse(); // lower number first
    new Process({ target: dine, args: [seat, pair, cure, waiter], name: `Ph${seat}` }).start();
  }
}
