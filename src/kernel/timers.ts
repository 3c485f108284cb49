import { invariant } from '../base/invariant.ts';
import type { Ticks } from '../base/units.ts';
import type { Thread } from './thread.ts';

/** Earlier ones last: the next to go off is taken from the end. Ties by tid. */
function goesOffAfter(a: Thread, b: Thread): boolean {
  return a.due > b.due || (a.due === b.due && a.tid > b.tid);
}

/** Threads for which the clock will do something: sleepers, waiters with a time-out, processes that arrive later. */
export class Timers {
  readonly #threads: Thread[] = [];

  /** Tick of the next timer; -1: none is set. */
  get nextDue(): Ticks {
    return this.#threads.at(-1)?.due ?? -1;
  }

  /** Precondition: the thread has no timer. */
  set(thread: Thread, due: Ticks): void {
    invariant(thread.due < 0, 'one timer a thread', `tid ${thread.tid}`);
    thread.due = due;
    const threads = this.#threads;
    let at = threads.length;
    while (at > 0 && goesOffAfter(thread, threads[at - 1] as Thread)) at -= 1;
    threads.splice(at, 0, thread);
  }

  cancel(thread: Thread): void {
    if (thread.due < 0) return;
    this.#threads.splice(this.#threads.lastIndexOf(thread), 1);
    thread.due = -1;
  }

  /** The next thread whose timer is due at `tick`, its timer taken off; null: no more. */
  takeDue(tick: Ticks): Thread | null {
    const thread = this.#threads.at(-1);
    if (thread === undefined || thread.due > tick) return null;
    this.#threads.pop();
    thread.due = -1;
    return thread;
  }
}
