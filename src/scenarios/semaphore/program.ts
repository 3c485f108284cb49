import { print, Process, Semaphore, sleep } from 'procession';

/** A guest of the karaoke bar, whose only room has a few places. */
function sing(guest: number, room: Semaphore): void {
  room.acquire(); // counter above 0: one less, and in; counter at 0: Blocked
  print(`Guest ${guest} goes in`);
  sleep(0.5 + guest / 10); // sings
  print(`Guest ${guest} goes out`);
  room.release(); // counter one more; wakes the guest who has waited longest
}

export function main({ k, guests }: { k: number; guests: number }): void {
  const room = new Semaphore(k); // its counter begins with k: so many places are free
  const started: Process[] = [];
  for (let guest = 1; guest <= guests; guest += 1) {
    const process = new Process({ target: sing, args: [guest, room] });
    process.start();
    started.push(process);
  }
  for (const process of started) process.join();
  print(`The room is empty, ${room.getValue()} places are free`);
}
