import type { Ticks } from '../../base/units.ts';

/** How long the threads of a process have run, in live mode: each from the moment in which it got the interpreter lock until it let it go. */
export class CpuTimes {
  /** By slot. */
  readonly #ended = new Map<number, Ticks>();
  #all: Ticks = 0;
  #running: number | null = null;
  #since: Ticks = 0;

  /** Precondition: nobody runs. */
  begin(slot: number, now: Ticks): void {
    this.#running = slot;
    this.#since = now;
  }

  /** Whoever runs lets the lock go. */
  end(now: Ticks): void {
    if (this.#running === null) return;
    const time = now - this.#since;
    this.#ended.set(this.#running, (this.#ended.get(this.#running) ?? 0) + time);
    this.#all += time;
    this.#running = null;
  }

  /** The slot's thread is at its end, and another may get the slot. */
  forget(slot: number): void {
    this.#ended.delete(slot);
  }

  /** Of one thread, or (null) of all that there ever were. */
  until(now: Ticks, slot: number | null): Ticks {
    const running = this.#running !== null && (slot === null || slot === this.#running) ? now - this.#since : 0;
    return (slot === null ? this.#all : (this.#ended.get(slot) ?? 0)) + running;
  }
}
