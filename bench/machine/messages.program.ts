import { Barrier, perfCounter, Pipe, Process, Queue, Value, type Connection } from 'procession';

interface Sizes {
  /** `queue`, or `pipe`: bytes as they are. */
  readonly through: 'queue' | 'pipe';
  readonly size: number;
  readonly count: number;
  /** So many producers, and so many consumers. */
  readonly pairs: number;
}

/** Name and number of a message are about so long. */
const REST = 16;

const microseconds = (): number => Math.round(perfCounter() * 1_000_000);

function put(queue: Queue, { size, count, pairs }: Sizes, start: Barrier, at: Value): void {
  const text = 'x'.repeat(size - REST);
  start.wait();
  at.value = microseconds();
  for (let id = 0; id < count / pairs; id += 1) queue.put({ id, text });
}

function get(queue: Queue, { count, pairs }: Sizes, start: Barrier, at: Value): void {
  start.wait();
  for (let n = 0; n < count / pairs; n += 1) queue.get();
  at.value = microseconds();
}

function send(end: Connection, { size, count }: Sizes, start: Barrier, at: Value): void {
  const bytes = new Uint8Array(size);
  start.wait();
  at.value = microseconds();
  for (let n = 0; n < count; n += 1) end.sendBytes(bytes);
}

function receive(end: Connection, { size, count }: Sizes, start: Barrier, at: Value): void {
  const bytes = new Uint8Array(size);
  start.wait();
  for (let n = 0; n < count; n += 1) end.recvBytesInto(bytes);
  at.value = microseconds();
}

const variable = (): Value => new Value('i', 0, { lock: false });

/** The last variables that a run makes: when each producer began, when each consumer had all. Microseconds. */
export function main(sizes: Sizes): void {
  const start = new Barrier(2 * sizes.pairs);
  const began = Array.from({ length: sizes.pairs }, variable);
  const done = Array.from({ length: sizes.pairs }, variable);
  if (sizes.through === 'pipe') {
    const [reader, writer] = Pipe(false);
    for (const at of began) new Process({ target: send, args: [writer, sizes, start, at] }).start();
    for (const at of done) new Process({ target: receive, args: [reader, sizes, start, at] }).start();
  } else {
    const queue = new Queue();
    for (const at of began) new Process({ target: put, args: [queue, sizes, start, at] }).start();
    for (const at of done) new Process({ target: get, args: [queue, sizes, start, at] }).start();
  }
}
