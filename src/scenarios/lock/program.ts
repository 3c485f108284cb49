import { Lock, print, Process, sleep, Value } from 'procession';

/** One buyer: looks how many tickets are left, thinks, and takes one. */
function buy(buyer: number, tickets: Value, lock: Lock, locked: boolean, think: number): void {
  if (locked) lock.acquire(); // Blocked while another buyer holds the lock
  const left = tickets.value; // load
  if (left > 0) {
    if (think > 0) sleep(think / 100); // meanwhile others may look, too
    tickets.value = left - 1; // store: is `left` still true?
    print(`Buyer ${buyer} bought a ticket, ${left - 1} left`);
  } else {
    print(`Buyer ${buyer} came too late`);
  }
  if (locked) lock.release(); // wakes the buyer who has waited longest
}

export function main(sale: { buyers: number; tickets: number; locked: boolean; think: number }): void {
  const tickets = new Value('i', sale.tickets); // shared by all processes
  const lock = new Lock();
  const buyers: Process[] = [];
  for (let n = 1; n <= sale.buyers; n += 1) {
    buyers.push(new Process({ target: buy, args: [n, tickets, lock, sale.locked, sale.think] }));
  }
  for (const buyer of buyers) buyer.start();
  for (const buyer of buyers) buyer.join();
  print(`The counter says: ${tickets.value} left`);
}
