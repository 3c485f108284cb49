import { Barrier, print, Process, sleep } from 'procession';

/** A hiker: walks from hut to hut, and at each waits for the others. */
function hike(hiker: number, stages: number, hut: Barrier): void {
  for (let stage = 1; stage <= stages; stage += 1) {
    sleep(hiker / 10); // some walk faster
    print(`Hiker ${hiker} is at hut ${stage}`);
    const place = hut.wait(); // Blocked until all parties are there
    if (place === 0) print(`All are at hut ${stage}`); // the numbers differ, so one of them says it
    print(`Hiker ${hiker} leaves hut ${stage}`);
  }
}

export function main({ parties, stages, absent }: { parties: number; stages: number; absent: boolean }): void {
  const hut = new Barrier(parties); // opens when so many are there, and closes behind them
  const coming = absent ? parties - 1 : parties;
  for (let hiker = 1; hiker <= coming; hiker += 1) {
    new Process({ target: hike, args: [hiker, stages, hut], name: `H${hiker}` }).start();
  }
}
