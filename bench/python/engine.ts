import { DEFAULT_MACHINE, NO_SCHEDULE } from '../../src/abi/config.ts';
import { Control } from '../../src/abi/control.ts';
import { LOG_AT, RECORD_WORDS } from '../../src/abi/layout.ts';
import { Kind, kindOf } from '../../src/abi/record.ts';
import type { InterpreterSource, InterpreterSupply, RunSpec } from '../../src/abi/remote.ts';
import { textIn } from '../../src/abi/text.ts';
import { answer } from '../../src/ui/host/interpreters.ts';
import type { Machine } from '../../src/ui/host/machine.ts';
import type { Program } from './programs.ts';

/** By tools/vite/interpreter.mjs; the folder is beside the page. */
declare const PYTHON: InterpreterSource;

export const SOURCE: InterpreterSource = { ...PYTHON, folder: new URL(`${PYTHON.folder}/`, document.baseURI).href };

/** Interpreters that a run has used are replaced meanwhile, which would take the time of whatever is measured. */
const REST_MS = 2000;

const specOf = (source: string, spec: Partial<RunSpec>): RunSpec => ({
  program: 'main.py',
  parameters: {},
  machine: { ...DEFAULT_MACHINE, quantum: 1 },
  schedule: NO_SCHEDULE,
  mode: 'stepped',
  stepBy: 'line',
  launcher: false,
  muted: false,
  variables: false,
  hosts: 16,
  engine: 'py',
  files: { 'main.py': source },
  ...spec,
});

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, REST_MS));

/** How often the log says that another thread than the last one runs. */
function switchesIn({ memory: { words } }: Machine): number {
  let found = 0;
  let last = 0;
  for (let n = 0; n < Atomics.load(words, Control.LOG_HEAD); n += 1) {
    const at = LOG_AT + n * RECORD_WORDS;
    const tid = words[at + 2] ?? 0;
    if (kindOf(words[at] ?? 0) !== Kind.DISPATCHED || tid === last) continue;
    last = tid;
    found += 1;
  }
  return found;
}

/** Milliseconds of the rest of a program, its steps, and how often another thread began one. */
export async function timed(
  machine: Machine,
  program: Program,
): Promise<{ ms: number; steps: number; switches: number }> {
  const { kernel } = machine;
  await kernel.load(specOf(program.source, {}));
  const { steps: before } = await kernel.run({ steps: program.before });
  await rest();
  const begin = performance.now();
  const { state, steps, message } = await kernel.run({});
  const ms = performance.now() - begin;
  const said = textsIn(machine);
  if (state !== 'finished' || said !== '') throw new Error(`${state}: ${message ?? said}\n${program.source}`);
  return { ms, steps: steps - before, switches: switchesIn(machine) };
}

/** What a program prints that runs in real time. */
export async function printed(machine: Machine, source: string): Promise<string> {
  const { kernel } = machine;
  await kernel.load(specOf(source, { mode: 'live' }));
  await kernel.run({});
  return textsIn(machine);
}

/** What was printed, errors too. */
function textsIn({ memory }: Machine): string {
  const { words } = memory;
  const texts = Array.from({ length: Atomics.load(words, Control.LOG_HEAD) }, (_, n) => LOG_AT + n * RECORD_WORDS)
    .filter((at) => kindOf(words[at] ?? 0) === Kind.PRINT)
    .map((at) => textIn(memory, words[at + 4] ?? 0));
  return texts.join('');
}

const interpreter = (): Worker =>
  new Worker(new URL('../../src/workers/python.worker.ts', import.meta.url), { type: 'module' });

/** Milliseconds until all is loaded and the first interpreter is awake. */
export async function wakeFirst(): Promise<{ worker: Worker; supply: InterpreterSupply; ms: number }> {
  const begin = performance.now();
  const worker = interpreter();
  const { supply } = await answer(worker, { kind: 'load', source: SOURCE, anew: false }, 'loaded');
  await answer(worker, { kind: 'wake', supply }, 'awake');
  return { worker, supply, ms: performance.now() - begin };
}

/** Milliseconds until another interpreter is awake. */
export async function wakeOne(supply: InterpreterSupply): Promise<{ worker: Worker; ms: number }> {
  const begin = performance.now();
  const worker = interpreter();
  await answer(worker, { kind: 'wake', supply }, 'awake');
  return { worker, ms: performance.now() - begin };
}
