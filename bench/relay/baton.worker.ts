import { expose } from 'comlink';
import { arrivalsWord, SLOT_WORDS, Turn, type BatonRemote } from './baton.ts';

/**
 * The raw baselines: nothing but Atomics.wait and notify. There is one baton, so exactly one worker runs at any moment.
 * Whoever waits does so with the value that the other will change, so no wake-up is lost.
 */
class Baton implements BatonRemote {
  #words = new Int32Array(new SharedArrayBuffer(0));
  #workers = 0;
  #own = 0;

  attach(memory: SharedArrayBuffer, workers: number, index: number): void {
    this.#words = new Int32Array(memory);
    this.#workers = workers;
    this.#own = index * SLOT_WORDS;
  }

  command(grants: number): void {
    const words = this.#words;
    const end = this.#workers * SLOT_WORDS;
    for (let grant = 0, slot = 0; grant < grants; grant += 1) {
      Atomics.store(words, slot, Turn.MINE);
      Atomics.notify(words, slot, 1);
      while (Atomics.load(words, slot) === Turn.MINE) Atomics.wait(words, slot, Turn.MINE);
      slot += SLOT_WORDS;
      if (slot === end) slot = 0;
    }
    for (let slot = 0; slot < end; slot += SLOT_WORDS) {
      Atomics.store(words, slot, Turn.STOP);
      Atomics.notify(words, slot, 1);
    }
  }

  obey(): void {
    const words = this.#words;
    const own = this.#own;
    this.#arrive();
    for (;;) {
      const turn = this.#awaitTurn();
      Atomics.store(words, own, Turn.REST);
      if (turn === Turn.STOP) return;
      Atomics.notify(words, own, 1);
    }
  }

  pass(laps: number): void {
    const words = this.#words;
    const own = this.#own;
    const first = own === 0;
    const next = (own + SLOT_WORDS) % (this.#workers * SLOT_WORDS);
    this.#arrive();
    for (let lap = 0; ; lap += 1) {
      const turn = this.#awaitTurn();
      Atomics.store(words, own, Turn.REST);
      if (first && turn === Turn.STOP) return;
      const order = first && lap === laps ? Turn.STOP : turn;
      Atomics.store(words, next, order);
      Atomics.notify(words, next, 1);
      if (!first && order === Turn.STOP) return;
    }
  }

  #arrive(): void {
    Atomics.add(this.#words, arrivalsWord(this.#workers), 1);
  }

  #awaitTurn(): number {
    while (Atomics.load(this.#words, this.#own) === Turn.REST) Atomics.wait(this.#words, this.#own, Turn.REST);
    return Atomics.load(this.#words, this.#own);
  }
}

expose(new Baton());
