import { print, Process, Queue, sleep } from 'procession';

const GOODS = ['包子', [1, [2, 'three']], { price: 2.5, sold: null }, new Uint8Array([0, 255]), 2n ** 70n];

/** Puts values of several kinds into the queue: each arrives equal to what was sent. */
function produce(producer: number, items: number, queue: Queue): void {
  for (let n = 0; n < items; n += 1) {
    const value = GOODS[n % GOODS.length];
    queue.put(value); // Blocked while the queue is full
    print(`Producer ${producer} put`, value);
  }
}

/** Takes values until it gets the sign that there are no more. */
function consume(consumer: number, queue: Queue): void {
  while (true) {
    const value = queue.get(); // Blocked while the queue is empty
    if (value === null) break;
    print(`Consumer ${consumer} got`, value);
    sleep(0.2); // eats
  }
}

type Parameters = { producers: number; consumers: number; items: number; size: number };

export function main(sizes: Parameters): void {
  const queue = new Queue(sizes.size); // holds at most so many
  for (let n = 1; n <= sizes.consumers; n += 1) {
    new Process({ target: consume, args: [n, queue], name: `C${n}` }).start();
  }
  const producers: Process[] = [];
  for (let n = 1; n <= sizes.producers; n += 1) {
    const producer = new Process({ target: produce, args: [n, sizes.items, queue], name: `Pr${n}` });
    producer.start();
    producers.push(producer);
  }
  for (const producer of producers) producer.join();
  for (let n = 1; n <= sizes.consumers; n += 1) queue.put(null); // one sign for each consumer: nothing more will come
}
