// The page that runs what the command sends it: one program after the other, each on the product's own machine.
import { DEFAULT_MACHINE, NO_SCHEDULE } from '../src/abi/config.ts';
import { Control } from '../src/abi/control.ts';
import type { Memory } from '../src/abi/layout.ts';
import { Kind, Stream } from '../src/abi/record.ts';
import type { RunSpec } from '../src/abi/remote.ts';
import { LogStore } from '../src/replay/log-store.ts';
import { createMachine } from '../src/ui/host/machine.ts';

/** When a run is stopped: it hangs, or takes longer than anybody waits. */
export interface Limits {
  readonly steps: number;
  readonly records: number;
  /** Since the program has printed something. */
  readonly seconds: number;
}

export interface Ending {
  /** A `RunState`, or that the machine does not even rest. */
  readonly state: string;
  /** Why, where that is not clear. */
  readonly message: string;
  readonly seconds: number;
}

interface Output {
  stdout: string;
  stderr: string;
}

/** How many processes there may be at once: some tests start a dozen. */
const HOSTS = 24;
/** Records between two looks at the limits. */
const SLICE = 100_000;
/** So long after it was told to the machine may take to rest. */
const PATIENCE_SECONDS = 20;
const MAIN = 1;

const machine = createMachine();
let current: Listener | null = null;

const specOf = (files: Readonly<Record<string, string>>, limits: Limits): RunSpec => ({
  program: 'main.py',
  files,
  engine: 'py',
  parameters: {},
  machine: DEFAULT_MACHINE,
  schedule: NO_SCHEDULE,
  mode: 'stepped',
  // Statements of the tests are no steps: what they do with threads and processes is.
  stepBy: 'operation',
  launcher: false,
  muted: false,
  variables: false,
  patienceMs: limits.seconds * 1000,
  hosts: HOSTS,
});

/** Reads the log of one run, and stops it when nothing is heard any more. */
class Listener {
  readonly output: Output = { stdout: '', stderr: '' };
  /** What the kernel says of the end of the first process. */
  lastWords = '';
  readonly #memory: Memory;
  readonly #log = new LogStore();
  #read = 0;
  #heardAt = performance.now();

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  get silentSeconds(): number {
    return (performance.now() - this.#heardAt) / 1000;
  }

  listen(): void {
    const log = this.#log;
    log.take(this.#memory);
    for (; this.#read < log.count; this.#read += 1) {
      const record = this.#read;
      if (log.kind(record) === Kind.PRINT) {
        this.#heardAt = performance.now();
        this.output[log.aux(record) === Stream.STDERR ? 'stderr' : 'stdout'] += log.text(log.a(record));
      } else if (log.kind(record) === Kind.TERMINATED && log.tid(record) === MAIN) {
        this.lastWords = `exit status ${log.a(record)} ${log.text(log.b(record))}`.trim();
      }
    }
  }

  /** Resolves when it hangs; else never, but `done` must be called. */
  watch(limits: Limits): { readonly hangs: Promise<null>; readonly done: () => void } {
    let giveUp = (): void => {};
    const hangs = new Promise<null>((resolve) => {
      giveUp = () => resolve(null);
    });
    const timer = setInterval(() => {
      this.listen();
      if (this.silentSeconds >= limits.seconds) Atomics.store(this.#memory.words, Control.PAUSE, 1);
      if (this.silentSeconds >= limits.seconds + PATIENCE_SECONDS) giveUp();
    }, 500);
    return { hangs, done: () => clearInterval(timer) };
  }
}

async function run(files: Readonly<Record<string, string>>, limits: Limits): Promise<Ending> {
  const { kernel, memory } = await machine;
  const begin = performance.now();
  const ending = (state: string, message: string): Ending => ({
    state,
    message,
    seconds: (performance.now() - begin) / 1000,
  });
  let status = await kernel.load(specOf(files, limits));
  const listener = new Listener(memory);
  current = listener;
  const { hangs, done } = listener.watch(limits);
  try {
    while (['ready', 'paused', 'limit'].includes(status.state)) {
      if (listener.silentSeconds >= limits.seconds)
        return ending('stopped', `${limits.seconds} seconds without a word`);
      if (status.steps >= limits.steps) return ending('stopped', `${limits.steps} steps`);
      if (status.records >= limits.records) return ending('stopped', `${limits.records} records`);
      const until = { records: status.records + SLICE, steps: limits.steps - status.steps };
      const rested = await Promise.race([kernel.run(until), hangs]);
      listener.listen();
      if (rested === null) return ending('hangs', 'the machine does not come to rest');
      status = rested;
    }
  } finally {
    done();
  }
  return ending(status.state, [status.message ?? '', listener.lastWords].join(' ').trim());
}

declare global {
  interface Window {
    readonly conformance: { readonly run: typeof run; readonly output: () => Output };
  }
}

Object.assign(window, { conformance: { run, output: () => current?.output ?? { stdout: '', stderr: '' } } });
