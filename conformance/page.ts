// The page that runs what the command sends it: one program after the other, each on the product's own machine.
import { DEFAULT_MACHINE, NO_SCHEDULE } from '../src/abi/config.ts';
import { Control } from '../src/abi/control.ts';
import { Kind, Stream } from '../src/abi/record.ts';
import type { RunState } from '../src/abi/remote.ts';
import { LogStore } from '../src/replay/log-store.ts';
import { createMachine } from '../src/ui/host/machine.ts';

/** When a run is stopped: it hangs, or takes longer than anybody waits. */
export interface Limits {
  readonly steps: number;
  readonly records: number;
  readonly seconds: number;
}

export interface Ending {
  readonly state: RunState;
  /** Why, where that is not clear. */
  readonly message: string;
  readonly steps: number;
  /** Milliseconds of the machine's clock. */
  readonly tick: number;
  readonly seconds: number;
}

/** How many processes there may be at once: some tests start a dozen. */
const HOSTS = 24;
/** Records between two looks at the limits. */
const SLICE = 100_000;

const machine = createMachine();
const log = new LogStore();
let read = 0;
let printed = { stdout: '', stderr: '' };

function readOutput(memory: Parameters<LogStore['take']>[0]): void {
  log.take(memory);
  for (; read < log.count; read += 1) {
    if (log.kind(read) !== Kind.PRINT) continue;
    printed[log.aux(read) === Stream.STDERR ? 'stderr' : 'stdout'] += log.text(log.a(read));
  }
}

async function run(files: Readonly<Record<string, string>>, limits: Limits): Promise<Ending> {
  const { kernel, memory } = await machine;
  log.clear();
  read = 0;
  printed = { stdout: '', stderr: '' };
  const begin = performance.now();
  const seconds = (): number => (performance.now() - begin) / 1000;
  let status = await kernel.load({
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
    hosts: HOSTS,
  });
  let message = '';
  const watch = setInterval(() => {
    if (seconds() >= limits.seconds) Atomics.store(memory.words, Control.PAUSE, 1);
    else readOutput(memory);
  }, 500);
  while (['ready', 'paused', 'limit'].includes(status.state)) {
    if (seconds() >= limits.seconds) message = `more than ${limits.seconds} seconds`;
    else if (status.steps >= limits.steps) message = `more than ${limits.steps} steps`;
    else if (status.records >= limits.records) message = `more than ${limits.records} records`;
    if (message !== '') break;
    status = await kernel.run({ records: status.records + SLICE, steps: limits.steps - status.steps });
    readOutput(memory);
  }
  clearInterval(watch);
  readOutput(memory);
  const { state, steps, tick } = status;
  return { state, message: message === '' ? (status.message ?? '') : message, steps, tick, seconds: seconds() };
}

declare global {
  interface Window {
    readonly conformance: { readonly run: typeof run; readonly output: () => typeof printed };
  }
}

Object.assign(window, { conformance: { run, output: () => printed } });
