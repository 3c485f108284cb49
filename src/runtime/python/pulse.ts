import type { PyodideAPI } from 'pyodide';

/**
 * Lets the kernel preempt a thread that computes and asks for nothing, in code whose lines are no steps: CPython looks every so often, at
 * the end of a loop's body and at calls, whether a signal has come, and asks us. We count how often, instead of looking at
 * a clock, so a stepped run repeats itself; at every so many looks since the last kernel call "a signal has come", whose handler
 * (`library/pulses.py`) ends the step.
 */

/** SIGRTMAX: programs have no use for it. */
export const PULSE_SIGNAL = 64;
/** Looks without a kernel call. CPython asks at every 50th of its own; so this is some 10 ms of work. */
const LOOKS = 2000;

export class Pulse {
  #looks = 0;

  /** Precondition: the interpreter has no interrupt buffer. */
  install(python: PyodideAPI): void {
    const look = (): number => this.#look();
    // Pyodide reads and writes element 0, as of an array.
    const buffer = Object.defineProperty({}, 0, { get: look, set: () => {} });
    python.setInterruptBuffer(buffer as Uint8Array);
  }

  /** The thread has come to the kernel by itself. */
  restart(): void {
    this.#looks = 0;
  }

  /** It has struck where it must not: it strikes again at the next look. */
  retry(): void {
    this.#looks = LOOKS;
  }

  #look(): number {
    this.#looks += 1;
    if (this.#looks < LOOKS) return 0;
    this.#looks = 0;
    return PULSE_SIGNAL;
  }
}
