import { Lock, print, Process, sleep, Value } from 'procession';

/** Any number of readers may be in the room together: the first takes the room's lock, the last gives it back. */
function read(n: number, prefer: string, door: Lock, room: Lock, counter: Lock, inside: Value): void {
  sleep((n - 1) * 0.3); // the readers come one after another
  if (prefer === 'nobody') door.acquire(); // Blocked while a writer stands in the door
  if (prefer === 'nobody') door.release();
  counter.acquire();
  inside.value += 1;
  if (inside.value === 1) room.acquire(); // Blocked while a writer is in the room
  counter.release();
  print(`Reader ${n} reads`);
  sleep(0.5);
  counter.acquire();
  inside.value -= 1;
  if (inside.value === 0) room.release();
  counter.release();
}

/** A writer must be alone. */
function write(n: number, prefer: string, door: Lock, room: Lock): void {
  sleep(n * 0.1);
  if (prefer === 'nobody') door.acquire(); // whoever comes now waits behind this writer
  room.acquire(); // Blocked while anybody is in the room
  print(`Writer ${n} writes`);
  sleep(0.2);
  room.release();
  if (prefer === 'nobody') door.release();
}

export function main({ readers, writers, prefer }: { readers: number; writers: number; prefer: string }): void {
  const door = new Lock();
  const room = new Lock();
  const counter = new Lock();
  const inside = new Value('i', 0);
  const rest = [prefer, door, room, counter, inside] as const;
  for (let n = 1; n <= readers; n += 1) {
    new Process({ target: read, args: [n, ...rest], name: `R${n}` }).start();
  }
  for (let n = 1; n <= writers; n += 1) {
    new Process({ target: write, args: [n, prefer, door, room], name: `W${n}` }).start();
  }
}
