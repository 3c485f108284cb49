import type { PyodideAPI } from 'pyodide';
import { stacksUnder } from './stack-parts.ts';
import type { Turns } from './turns.ts';

/** SIGRTMAX: programs have no use for it. */
const PULSE_SIGNAL = 64;

/**
 * Lets a thread be preempted that computes and asks for nothing, in code whose lines are no steps: CPython looks every so often, at
 * the end of a loop's body and at calls, whether a signal has come, and asks us. When `look` says so "one has come", whose
 * handler (`library/pulses.py`) comes to the kernel. Precondition: the interpreter has no interrupt buffer.
 */
export function installPulse(python: PyodideAPI, turns: () => Pick<Turns, 'look'>): void {
  const strike = (): number => (turns().look() && !isCalledByJavaScript() ? PULSE_SIGNAL : 0);
  // Pyodide reads and writes element 0, as of an array.
  const buffer = Object.defineProperty({}, 0, { get: strike, set: () => {} });
  python.setInterruptBuffer(buffer as Uint8Array);
}

/** A frame that waits for what was called on another stack: Chromium's words, Firefox's. */
const WAITS = /^\s*at async |^async\*/;

/**
 * Whether the Python code that runs was called by JavaScript that was itself called by C, as when Pyodide looks what an object is that is handed
 * to a kernel call: no stack can be suspended there. Costs some microseconds.
 */
export function isCalledByJavaScript(): boolean {
  const limited = Error as { stackTraceLimit?: number };
  const limit = limited.stackTraceLimit;
  limited.stackTraceLimit = Infinity;
  const { stack = '' } = new Error('where');
  if (limit !== undefined) limited.stackTraceLimit = limit;
  const lines = stack.split('\n');
  const elsewhere = lines.findIndex((line) => WAITS.test(line));
  const frames = lines.slice(0, elsewhere < 0 ? lines.length : elsewhere).map((line) => line.includes('wasm'));
  // From C's first frame to its last, JavaScript begins where C ends.
  const calls = frames.slice(frames.indexOf(true), frames.lastIndexOf(true) + 1);
  return calls.filter((isC, n) => !isC && calls[n - 1] === true).length > stacksUnder();
}
