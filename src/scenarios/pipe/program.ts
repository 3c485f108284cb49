import { type Connection, EOFError, Lock, Pipe, print, Process } from 'procession';

/** One message: its length is read first, then so many bytes. */
function receive(readEnd: Connection, lock: Lock | null): unknown {
  if (lock === null) return readEnd.recv(); // Blocked while the pipe is empty and somebody may still write
  lock.acquire();
  try {
    return readEnd.recv(); // nobody else reads between the length and the bytes
  } finally {
    lock.release();
  }
}

/** A reader: takes messages until the end of the file. */
function read(reader: number, readEnd: Connection, writeEnd: Connection, lock: Lock | null, close: boolean): void {
  if (close) writeEnd.close(); // it never writes; keeping this end open, it would wait for itself
  try {
    while (true) print(`Reader ${reader} got`, receive(readEnd, lock));
  } catch (error) {
    if (!(error instanceof EOFError)) throw error;
    print(`Reader ${reader} has come to the end`); // nothing is left, and nobody can write any more
  }
}

type Parameters = { messages: number; readers: number; locked: boolean; close: boolean };

export function main({ messages, readers, locked, close }: Parameters): void {
  const [readEnd, writeEnd] = Pipe(false); // the end that reads, and the end that writes
  const lock = locked ? new Lock() : null;
  for (let reader = 1; reader <= readers; reader += 1) {
    new Process({ target: read, args: [reader, readEnd, writeEnd, lock, close], name: `R${reader}` }).start();
  }
  readEnd.close(); // the parent never reads
  for (let n = 1; n <= messages; n += 1) writeEnd.send(`message ${n}`);
  writeEnd.close(); // it has written all
}
