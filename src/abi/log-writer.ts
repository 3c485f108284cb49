import { Control } from './control.ts';
import { LOG_AT, RECORD_WORDS, type Memory } from './layout.ts';
import { LOG_CAPACITY } from './limits.ts';
import type { Words } from './words.ts';

/**
 * Appends records to the log. The kernel has one, every host has one; each serves one run.
 *
 * Stepped mode: only the agent that runs writes, so plain stores would do; the number in word 7 is stored atomically all
 * the same, because the main thread copies records while the run goes on. Live mode: Atomics.add reserves the place, the
 * fields are filled, and word 7 publishes them. A full log makes its writer wait for the reader: nothing is ever dropped.
 */
export class LogWriter {
  readonly #words: Words;
  /** Records that are known to have room: LOG_TAKEN only grows during a run, so it need not be read for each of them. */
  #roomUntil = 0;

  constructor(memory: Memory) {
    this.#words = memory.words;
  }

  /** Records written so far, by everybody. */
  get count(): number {
    return Atomics.load(this.#words, Control.LOG_HEAD);
  }

  append(word0: number, time: number, tid: number, object: number, a: number, b: number, c: number): void {
    const words = this.#words;
    const number = Atomics.add(words, Control.LOG_HEAD, 1);
    if (number >= this.#roomUntil) this.#waitForRoom(number);
    const at = LOG_AT + (number & (LOG_CAPACITY - 1)) * RECORD_WORDS;
    words[at] = word0;
    words[at + 1] = time;
    words[at + 2] = tid;
    words[at + 3] = object;
    words[at + 4] = a;
    words[at + 5] = b;
    words[at + 6] = c;
    Atomics.store(words, at + 7, number + 1);
  }

  /** Precondition: never on the main thread, which is the reader. */
  #waitForRoom(number: number): void {
    const words = this.#words;
    for (;;) {
      const taken = Atomics.load(words, Control.LOG_TAKEN);
      this.#roomUntil = taken + LOG_CAPACITY;
      if (number < this.#roomUntil) return;
      Atomics.add(words, Control.LOG_WAITERS, 1);
      Atomics.wait(words, Control.LOG_TAKEN, taken);
      Atomics.sub(words, Control.LOG_WAITERS, 1);
    }
  }
}
