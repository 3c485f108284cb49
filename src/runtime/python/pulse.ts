import type { PyodideAPI } from 'pyodide';

/** SIGRTMAX: programs have no use for it. */
const PULSE_SIGNAL = 64;

/**
 * Lets a thread be preempted that computes and asks for nothing, in code whose lines are no steps: CPython looks every so often, at
 * the end of a loop's body and at calls, whether a signal has come, and asks us. When `look` says so "one has come", whose
 * handler (`library/pulses.py`) comes to the kernel. Precondition: the interpreter has no interrupt buffer.
 */
export function installPulse(python: PyodideAPI, look: () => boolean): void {
  // Pyodide reads and writes element 0, as of an array.
  const buffer = Object.defineProperty({}, 0, { get: () => (look() ? PULSE_SIGNAL : 0), set: () => {} });
  python.setInterruptBuffer(buffer as Uint8Array);
}
