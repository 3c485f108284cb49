import type { Thread } from './thread.ts';

/**
 * Ready threads in the order in which they became Ready. Policies choose by rank; among equals the order here decides.
 * A plain array: a run has at most a few hundred threads, and policies walk it anyway.
 */
export class ReadyQueue {
  readonly #threads: Thread[] = [];

  get length(): number {
    return this.#threads.length;
  }

  get threads(): readonly Thread[] {
    return this.#threads;
  }

  append(thread: Thread): void {
    this.#threads.push(thread);
  }

  /** Precondition: `thread` is in the queue. */
  remove(thread: Thread): void {
    const threads = this.#threads;
    if (threads[0] === thread) threads.shift();
    else threads.splice(threads.indexOf(thread), 1);
  }
}
