import { Control } from '../abi/control.ts';
import { slotAt, type Memory } from '../abi/layout.ts';
import { Patience } from '../abi/patience.ts';
import { peek, type Words } from '../abi/words.ts';
import { Life, Slot, Turn } from '../abi/slot.ts';

/**
 * How a grant came back: with a request in the slot; not within the time; or never, because the worker died (the main
 * thread then says so in LIFE, and gives the turn back in its name).
 */
export type Handover = 'request' | 'hung' | 'died';

/** Gives the turn to the host of a slot and waits until it is back. Tests put scripted hosts behind it. */
export interface Relay {
  handOver(slot: number, patienceMs: number): Handover;
}

/** The relay between workers. No wake-up is lost: both sides wait on TURN with the value that the other will change. */
export class TurnRelay implements Relay {
  readonly #words: Words;
  readonly #patience = new Patience();
  /** Slot + 1 of the carrier that had the turn last; 0 = it was none. */
  #last = 0;

  constructor(memory: Memory) {
    this.#words = memory.words;
  }

  handOver(slot: number, patienceMs: number): Handover {
    const words = this.#words;
    const turn = slotAt(slot) + Slot.TURN;
    const carrier = peek(words, slotAt(slot) + Slot.CARRIER);
    // Of the worker: it answers for all whom it carries, and dies for them.
    const life = slotAt(carrier === 0 ? slot : carrier - 1) + Slot.LIFE;
    if (peek(words, life) === Life.DEAD) return 'died';
    Atomics.store(words, turn, Turn.HOST);
    // All who sleep there: a worker that was told to stop may be among them, and go home.
    Atomics.notify(words, turn);
    if (carrier !== 0) call(words, carrier - 1, slot);
    if (this.#answersAtOnce(carrier, turn)) return this.#cameBack(life);
    while (Atomics.load(words, turn) === Turn.HOST) {
      if (Atomics.wait(words, turn, Turn.HOST, patienceMs) !== 'timed-out') continue;
      // A host that waits for room in the log does not hang: the reader is slow, and the host cannot be blamed for it.
      if (Atomics.load(words, turn) === Turn.HOST && Atomics.load(words, Control.LOG_WAITERS) === 0) return 'hung';
    }
    return this.#cameBack(life);
  }

  /**
   * A worker that carries several threads and had the turn before is still awake, if it was not long ago, and a step of it is short. Other
   * hosts sleep: while they are woken, looking would only keep a core from them.
   */
  #answersAtOnce(carrier: number, turn: number): boolean {
    const isAwake = carrier !== 0 && carrier === this.#last;
    this.#last = carrier;
    return isAwake && this.#patience.until(() => Atomics.load(this.#words, turn) !== Turn.HOST);
  }

  #cameBack(life: number): Handover {
    return peek(this.#words, life) === Life.DEAD ? 'died' : 'request';
  }
}

/** Lets the worker that carries several threads know whose turn it is. */
function call(words: Words, carrier: number, slot: number): void {
  const word = slotAt(carrier) + Slot.CALL;
  Atomics.store(words, word, slot + 1);
  Atomics.notify(words, word);
}
