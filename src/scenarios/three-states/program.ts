import { compute, currentProcess, io, print, Process } from 'procession';

/** What every child does: read a page from the disk, work on it, and so on. */
function work(rounds: number): void {
  for (let round = 1; round <= rounds; round += 1) {
    io(5); // the disk is at work, the process waits: Blocked
    compute(3); // needs a CPU: Running, or Ready while others have it
  }
  print(`${currentProcess().name} is done`);
}

export function main({ processes, rounds }: { processes: number; rounds: number }): void {
  const children: Process[] = [];
  for (let n = 1; n <= processes; n += 1) {
    const child = new Process({ target: work, args: [rounds] });
    child.start(); // New, then Ready: it runs when the scheduler picks it
    children.push(child);
  }
  for (const child of children) {
    child.join(); // Blocked until this child has ended
  }
  print('All children have ended');
}
