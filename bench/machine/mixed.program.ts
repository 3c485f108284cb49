import { compute, Event, Lock, print, Process, sleep, Value } from 'procession';

/** Endless work of every kind, each process with a rhythm of its own. */
function work(own: number, lock: Lock, total: Value, gate: Event): void {
  for (let round = 1; ; round += 1) {
    compute(1 + ((own * round) % 5));
    lock.acquire();
    total.value += 1;
    lock.release();
    if ((own + round) % 7 === 0) sleep(0.05);
    if ((own + round) % 16 === 0) gate.wait(0.2);
    if (own === round % 64) {
      gate.set();
      print('round', round);
      gate.clear();
    }
  }
}

/** Eight groups, each around its own lock, variable and event. */
export function main({ processes }: { processes: number }): void {
  const groups = 8;
  const locks: Lock[] = [];
  const totals: Value[] = [];
  const gates: Event[] = [];
  for (let group = 0; group < groups; group += 1) {
    locks.push(new Lock());
    totals.push(new Value('i', 0));
    gates.push(new Event());
  }
  for (let own = 0; own < processes; own += 1) {
    const group = own % groups;
    new Process({ target: work, args: [own, locks[group]!, totals[group]!, gates[group]!] }).start();
  }
}
