import { print, sleep, Thread } from 'procession';

/** What both threads do: `save` must come to its end, `show` only shows that something is going on. */
function repeat(what: string, rounds: number): void {
  for (let n = 1; n <= rounds; n += 1) {
    sleep(0.2);
    print(`${what} ${n}`);
  }
  print(`${what} has ended`);
}

export function main({ daemon, join }: { daemon: boolean; join: boolean }): void {
  const save = new Thread({ target: repeat, args: ['save', 3], name: 'save' });
  const show = new Thread({ target: repeat, args: ['show', 8], name: 'show', daemon });
  save.start();
  show.start();
  if (join) save.join(); // Blocked until save has ended
  print('The main thread has ended');
}
