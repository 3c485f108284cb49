/** One piece of work in its turn. */
export interface Turn {
  /** A newer `takeOver` waits: what this work would show is no longer wanted. */
  readonly isVoid: boolean;
  /** The promise's value, or null as soon as the turn is void: for waiting on what may never come, such as a download. */
  orVoid<Value>(promise: Promise<Value>): Promise<Value | null>;
}

/** The time between two `takeOver`s. */
class Epoch {
  isOver = false;
  readonly over: Promise<null>;
  #resolve: ((nothing: null) => void) | null = null;

  constructor() {
    this.over = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  end(): void {
    this.isOver = true;
    this.#resolve?.(null);
  }
}

/**
 * Work that uses the kernel, one piece at a time, in the order in which it was asked for. The kernel answers one call at a
 * time, and a cursor that two pieces move at once stands nowhere.
 *
 * `takeOver` makes void whatever waits or works before it: of several loads the latest wins. No promise rejects because of
 * that, and none stays open: what was asked before a load resolves when that load has been shown.
 */
export class Turns {
  #tail: Promise<void> = Promise.resolve();
  #epoch = new Epoch();

  /** Rejects with whatever `work` throws. */
  take(work: (turn: Turn) => Promise<void>): Promise<void> {
    const epoch = this.#epoch;
    const turn: Turn = {
      get isVoid() {
        return epoch.isOver;
      },
      orVoid: (promise) => Promise.race([promise, epoch.over]),
    };
    const done = this.#tail.then(async () => {
      if (!epoch.isOver) await work(turn);
    });
    this.#tail = done.catch(() => {});
    return done.then(() => this.#shown(epoch));
  }

  takeOver(work: (turn: Turn) => Promise<void>): Promise<void> {
    this.#epoch.end();
    this.#epoch = new Epoch();
    return this.take(work);
  }

  /** When everything asked for so far is done. */
  get idle(): Promise<void> {
    return this.#tail;
  }

  async #shown(epoch: Epoch): Promise<void> {
    if (epoch.isOver) await this.#tail;
  }
}
