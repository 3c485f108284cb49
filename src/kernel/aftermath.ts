import { Control } from '../abi/control.ts';
import { ringPipes } from '../abi/descriptor-table.ts';
import type { Memory } from '../abi/layout.ts';
import { MAX_SLOTS } from '../abi/limits.ts';
import { nudgeAll, nudgeWaiters, takeOut } from '../abi/parking.ts';
import { hasEnded } from '../abi/slot.ts';
import { ringAll } from '../abi/watch.ts';

/**
 * Live mode: what is left to do for the others when a worker that was stopped has certainly ended. The guards that it held are taken
 * over by whoever needs them (abi/guard.ts); but it may have owed somebody a wake-up, between a change and the wake that follows,
 * and it may still stand in a list of waiters, where it would use up the wake-up of another.
 */
export class Aftermath {
  readonly #memory: Memory;
  #known: number;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#known = this.#ended;
  }

  /** Call it whenever the doorbell rings. */
  look(): void {
    const ended = this.#ended;
    if (ended === this.#known) return;
    this.#known = ended;
    const memory = this.#memory;
    for (let slot = 0; slot < MAX_SLOTS; slot += 1) if (hasEnded(memory.words, slot)) takeOut(memory, slot);
    const wake = (word: number): void => nudgeWaiters(memory, word);
    ringPipes(memory, wake);
    ringAll(memory, wake);
    nudgeAll(memory);
  }

  get #ended(): number {
    return Atomics.load(this.#memory.words, Control.ENDED_WORKERS);
  }
}
