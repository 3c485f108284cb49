import { transfer, wrap, type Remote } from 'comlink';
import { RingBuffer } from 'ringbuf.js';
import { PIPE_CAPACITY } from '../../src/abi/limits.ts';
import type { Machine } from '../../src/ui/host/machine.ts';
import { alternateOften, type Bench, type Case, type Row, type Samples } from '../bench.ts';
import { createBenchMachine } from '../machine/rig.ts';
import { liveRun } from '../machine/variables.ts';
import type { RawRemote } from './raw-remote.ts';

const TURNS = 3;
/** A `MessageChannel` leaves thousands of messages for the collector, which would run beside whatever comes next. */
const REST_MS = 200;

interface Size {
  readonly name: string;
  readonly bytes: number;
  readonly count: number;
}

const QUEUED: readonly (Size & { readonly atLeast: number })[] = [
  { name: '32 B', bytes: 32, count: 40_000, atLeast: 8 },
  { name: '1 kB', bytes: 1024, count: 20_000, atLeast: 2 },
  { name: '64 kB', bytes: 65_536, count: 1000, atLeast: 1 },
];
/** So many that the first of them, which find the reader's core asleep after the rest, do not count. */
const PIECES: Size = { name: '1 kB', bytes: 1024, count: 400_000 };
const SHARED: Size = { name: '1 kB', bytes: 1024, count: 20_000 };

/** Two workers beside the machine's, for what is compared. */
class RawPair {
  readonly #workers = [0, 1].map(() => new Worker(new URL('./raw.worker.ts', import.meta.url), { type: 'module' })) as [
    Worker,
    Worker,
  ];
  readonly #giver: Remote<RawRemote> = wrap(this.#workers[0]);
  readonly #taker: Remote<RawRemote> = wrap(this.#workers[1]);

  /** Messages a second through a `MessageChannel`. */
  async post({ bytes, count }: Size): Promise<number> {
    const { port1, port2 } = new MessageChannel();
    const end = this.#taker.arrivals(transfer(port2, [port2]), count);
    const begin = await this.#giver.post(transfer(port1, [port1]), bytes, count);
    return (count * 1000) / ((await end) - begin);
  }

  /** Pieces a second through a ring buffer as large as a pipe. */
  async ring({ bytes, count }: Size): Promise<number> {
    const memory = RingBuffer.getStorageForCapacity(PIPE_CAPACITY, Uint8Array);
    const end = this.#taker.pop(memory, bytes, count);
    const begin = await this.#giver.push(memory, bytes, count);
    return (count * 1000) / ((await end) - begin);
  }

  dispose(): void {
    for (const worker of this.#workers) worker.terminate();
  }
}

/** Messages a second from the first producer's beginning to the last consumer's end. */
async function rateOf(machine: Machine | null, through: string, size: Size, pairs = 1): Promise<number> {
  const parameters = { through, size: size.bytes, count: size.count, pairs };
  const times = await liveRun(machine, 'messages', parameters, 2 * pairs);
  const begin = Math.min(...times.slice(0, pairs));
  const end = Math.max(...times.slice(pairs));
  return (size.count * 1e6) / (end - begin);
}

type Sides = (machine: Machine | null, raw: RawPair) => Readonly<Record<string, () => Promise<number>>>;

class MessagesCase implements Case {
  readonly rows: readonly Row[];
  readonly #sides: Sides;
  #machine: Machine | null = null;
  #raw: RawPair | null = null;

  constructor(row: Row, sides: Sides) {
    this.rows = [row];
    this.#sides = sides;
  }

  async prepare(): Promise<void> {
    this.#machine = await createBenchMachine();
    this.#raw = new RawPair();
  }

  round(round: number): Promise<Samples> {
    if (this.#raw === null) throw new Error('the raw workers are not there yet');
    return alternateOften(round, TURNS, this.#sides(this.#machine, this.#raw), REST_MS);
  }

  async dispose(): Promise<void> {
    this.#machine?.dispose();
    this.#raw?.dispose();
  }
}

function rowOf(en: string, zh: string, n: string, atLeast: number): Row {
  const goal = { at: 'least', value: atLeast } as const;
  return { what: { en, zh }, n, ours: 'ours', baseline: 'theirs', goal, unit: 'messages/s' };
}

const queued = QUEUED.map((size) => () => {
  const line = rowOf('`Queue` ÷ `MessageChannel`', '`Queue` ÷ `MessageChannel`', size.name, size.atLeast);
  return new MessagesCase(line, (machine, raw) => ({
    ours: () => rateOf(machine, 'queue', size),
    theirs: () => raw.post(size),
  }));
});

const piped = (): Case => {
  const line = rowOf('bytes through `Pipe` ÷ ringbuf.js', '经 `Pipe` 传字节 ÷ ringbuf.js', PIECES.name, 1.5);
  return new MessagesCase(line, (machine, raw) => ({
    ours: () => rateOf(machine, 'pipe', PIECES),
    theirs: () => raw.ring(PIECES),
  }));
};

const shared = (): Case => {
  const line = rowOf('`Queue`: 2 + 2 processes ÷ 1 + 1', '`Queue`：2 + 2 个进程 ÷ 1 + 1 个', SHARED.name, 0.7);
  return new MessagesCase(line, (machine) => ({
    ours: () => rateOf(machine, 'queue', SHARED, 2),
    theirs: () => rateOf(machine, 'queue', SHARED, 1),
  }));
};

export const messages: Bench = { name: 'messages', cases: [...queued, piped, shared] };
