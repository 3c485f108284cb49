import { exit, io, print, Process } from 'procession';

/** One task: takes some time, and may fail. */
function task(n: number, fails: boolean): void {
  io(30); // waits for a slow device
  if (fails) exit(3); // a failure is an exit code that is not 0
  print(`Task ${n} is done`);
}

export function main({ tasks, how, failing }: { tasks: number; how: string; failing: number }): void {
  const called: Process[] = [];
  for (let n = 1; n <= tasks; n += 1) {
    const process = new Process({ target: task, args: [n, n === failing] });
    process.start();
    called.push(process);
    if (how === 'sync') {
      process.join(); // Blocked until the task has ended
      if (process.exitcode !== 0) exit(1); // it failed, so its caller fails
    }
    print(`Caller: goes on after calling task ${n}`);
  }
  for (const process of called) {
    print(`Caller: ${process.name} has exit code`, process.exitcode); // None: not done yet
  }
}
