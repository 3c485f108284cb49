import { Event, print, Process, sleep } from 'procession';

/** A car: comes to the light, and drives on when it is green. */
function drive(car: number, green: Event): void {
  sleep((car - 1) * 0.1); // the cars come one after another
  print(`Car ${car} is at the light`);
  green.wait(); // Blocked while the flag is False
  print(`Car ${car} drives on`);
}

export function main({ cars, flips }: { cars: number; flips: number }): void {
  const green = new Event(); // the flag begins as False: red
  const started: Process[] = [];
  for (let car = 1; car <= cars; car += 1) {
    const process = new Process({ target: drive, args: [car, green] });
    process.start();
    started.push(process);
  }
  for (let flip = 1; flip <= flips; flip += 1) {
    sleep(0.15);
    green.set(); // wakes all who wait
    green.clear(); // red at once: those who were woken drive on all the same
  }
  sleep(0.15);
  green.set(); // at night the light stays green
  for (const process of started) process.join();
  print('The road is empty');
}
