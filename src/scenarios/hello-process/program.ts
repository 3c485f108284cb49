import { getpid, getppid, print, Process, sleep } from 'procession';

/** Runs in the child: a process of its own, with a pid of its own. */
function hello(name: string): void {
  print(`Child: hello ${name}, I am pid ${getpid()}, my parent is pid ${getppid()}`);
}

export function main({ name, pause, join }: { name: string; pause: number; join: boolean }): void {
  print(`Parent: I am pid ${getpid()}`);
  const child = new Process({ target: hello, args: [name] });
  child.start(); // returns at once; the child will run when the scheduler picks it
  if (pause > 0) {
    sleep(pause / 100); // Blocked for so many hundredths of a second
  }
  if (join) {
    child.join(); // Blocked until the child has ended, however long that takes
  }
  print(`Parent: I go on, my child was pid ${child.pid}`);
}
