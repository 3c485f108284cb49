import { invariant } from '../base/invariant.ts';
import type { Thread } from './thread.ts';

interface WaitQueue {
  first: Thread | null;
  last: Thread | null;
}

/** Who waits on which word of shared memory, longest waiter first. A thread waits on at most one word. */
export class WaitQueues {
  readonly #queues = new Map<number, WaitQueue>();

  append(word: number, thread: Thread): void {
    invariant(thread.waitWord < 0, 'one wait a thread', `tid ${thread.tid}`);
    let queue = this.#queues.get(word);
    if (queue === undefined) {
      queue = { first: null, last: null };
      this.#queues.set(word, queue);
    }
    thread.waitWord = word;
    thread.waitPrevious = queue.last;
    if (queue.last === null) queue.first = thread;
    else queue.last.waitNext = thread;
    queue.last = thread;
  }

  longestWaiter(word: number): Thread | null {
    return this.#queues.get(word)?.first ?? null;
  }

  /** Nothing happens if the thread waits on no word (it sleeps). */
  remove(thread: Thread): void {
    if (thread.waitWord < 0) return;
    const queue = this.#queues.get(thread.waitWord);
    invariant(queue !== undefined, 'a waiter is in the queue of its word', `tid ${thread.tid}`);
    if (thread.waitPrevious === null) queue.first = thread.waitNext;
    else thread.waitPrevious.waitNext = thread.waitNext;
    if (thread.waitNext === null) queue.last = thread.waitPrevious;
    else thread.waitNext.waitPrevious = thread.waitPrevious;
    thread.waitNext = null;
    thread.waitPrevious = null;
    thread.waitWord = -1;
  }
}
