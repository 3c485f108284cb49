import type { PyodideAPI } from 'pyodide';
import type { Turns } from './turns.ts';

/** SIGRTMAX: programs have no use for it. */
const PULSE_SIGNAL = 64;

/**
 * Lets a thread be preempted that computes and asks for nothing, in code whose lines are no steps: CPython looks every so often, at
 * the end of a loop's body and at calls, whether a signal has come, and asks us. When `look` says so "one has come", whose
 * handler (`library/pulses.py`) comes to the kernel. Precondition: the interpreter has no interrupt buffer.
 */
export function installPulse(python: PyodideAPI, turns: () => Pick<Turns, 'look' | 'lookAgain'>): void {
  const strike = (): number => {
    if (!turns().look()) return 0;
    if (!isCalledByJavaScript()) return PULSE_SIGNAL;
    turns().lookAgain();
    return 0;
  };
  // Pyodide reads and writes element 0, as of an array.
  const buffer = Object.defineProperty({}, 0, { get: strike, set: () => {} });
  python.setInterruptBuffer(buffer as Uint8Array);
}

/**
 * Whether the Python code that runs was called by JavaScript that was itself called by C, as when Pyodide looks what an object is that is handed
 * to a kernel call: no stack can be suspended there. Costs some microseconds.
 */
function isCalledByJavaScript(): boolean {
  const limited = Error as { stackTraceLimit?: number };
  const limit = limited.stackTraceLimit;
  limited.stackTraceLimit = Infinity;
  const { stack = '' } = new Error('where');
  if (limit !== undefined) limited.stackTraceLimit = limit;
  const frames = stack.split('\n').map((line) => line.includes('wasm'));
  const [first, last] = [frames.indexOf(true), frames.lastIndexOf(true)];
  return first >= 0 && frames.slice(first, last).includes(false);
}
