import { Control, Mode } from '../abi/control.ts';
import { slotAt, type Memory } from '../abi/layout.ts';
import { isOwn, Life, Request, Signal, Slot, Turn } from '../abi/slot.ts';
import { readMail, writeMail } from '../abi/text.ts';
import { peek, poke } from '../abi/words.ts';
import { HostReset } from './host-reset.ts';

/**
 * A host's side of its slot (the protocol is in abi/slot.ts). Plain reads and writes are enough for all words here but TURN,
 * KILL and LIFE: the host touches them only while it has the turn, and TURN's atomic store publishes them. Its parking
 * place, PARK*, is the parking lot's.
 */
export class HostSlot {
  readonly memory: Memory;
  readonly index: number;
  readonly #worker: number;
  readonly #words: Memory['words'];
  readonly #at: number;
  readonly #turn: number;
  readonly #kill: number;
  #stopped = false;
  /** LIFE as it is before this host parks, while the slot is still its own. */
  #unparked: Life = Life.STARTING;

  /** `worker`: how many workers the slot has had before. */
  constructor(memory: Memory, index: number, worker: number) {
    this.memory = memory;
    this.index = index;
    this.#worker = worker;
    this.#words = memory.words;
    this.#at = slotAt(index);
    this.#turn = this.#at + Slot.TURN;
    this.#kill = this.#at + Slot.KILL;
  }

  read(word: number): number {
    return peek(this.#words, this.#at + word);
  }

  write(word: number, value: number): void {
    poke(this.#words, this.#at + word, value);
  }

  get live(): boolean {
    return Atomics.load(this.#words, Control.MODE) === Mode.LIVE;
  }

  /** Gives the turn to the kernel with this request and waits for the answer, RESULT. @throws HostReset on STOP. */
  ask(request: number, a = 0, b = 0, c = 0, d = 0, e = 0): number {
    this.refuseWhenStopped();
    this.#fill(request, a, b, c, d, e);
    this.#giveTurn();
    this.refuseWhenStopped();
    return this.read(Slot.RESULT);
  }

  /**
   * The kernel has said STOP, or given this host up, and the slot has another; from then on true until the slot carries another thread.
   * Looking answers a PROBE.
   */
  get stopped(): boolean {
    const signals = Atomics.load(this.#words, this.#kill);
    if (signals !== 0) {
      if ((signals & Signal.PROBE) !== 0) Atomics.and(this.#words, this.#kill, ~Signal.PROBE);
      this.#stopped ||= (signals & Signal.STOP) !== 0;
    }
    this.#stopped ||= !this.#isOwn;
    return this.#stopped;
  }

  /** As `refuseWhenStopped`, by the last look. */
  refuseOnceStopped(): void {
    if (this.#stopped) throw new HostReset();
  }

  /** @throws HostReset when stopped. */
  refuseWhenStopped(): void {
    if (this.stopped) throw new HostReset();
  }

  /**
   * Parks and waits for the next thread to carry. `end`: the thread that was carried has ended by itself, with this code,
   * text and cause; null: it was told to stop, or there was none. False: this host is sent home; or it was given up,
   * because it came too late, and its worker is being stopped. The slot is no longer its own, and nothing in it was touched.
   */
  park(end: { readonly code: number; readonly text: number; readonly cause: number } | null): boolean {
    if (!this.#claimPark()) return false;
    if (end === null) this.#fill(Request.NONE, 0, 0, 0, 0, 0);
    else this.#fill(Request.EXIT, end.code, end.text, end.cause, 0, 0);
    this.#giveTurn();
    // A STOP that came when the thread had already ended: there is nothing to unwind.
    while ((Atomics.load(this.#words, this.#kill) & Signal.STOP) !== 0) {
      if (!this.#claimPark()) return false;
      this.#giveTurn();
    }
    this.#stopped = false;
    // The turn without a thread: the kernel sends the host home.
    return Atomics.load(this.#words, this.#at + Slot.LIFE) === Life.BUSY && this.#isOwn;
  }

  get #isOwn(): boolean {
    return isOwn(this.#words, this.index, this.#worker);
  }

  /** The request may be filled after this: nobody takes a PARKED host for parked before it has given the turn back. */
  #claimPark(): boolean {
    if (!this.#isOwn) return false;
    const life = this.#at + Slot.LIFE;
    const before = Atomics.compareExchange(this.#words, life, this.#unparked, Life.PARKED);
    if (before !== this.#unparked && before !== Life.PARKED) return false;
    this.#unparked = Life.BUSY;
    Atomics.notify(this.#words, life);
    return true;
  }

  readMail(): Uint8Array {
    return readMail(this.memory, this.index, this.read(Slot.MAIL_BYTES));
  }

  /** @throws RangeError when it does not fit. */
  writeMail(bytes: Uint8Array): void {
    this.write(Slot.MAIL_BYTES, writeMail(this.memory, this.index, bytes));
  }

  #fill(request: number, a: number, b: number, c: number, d: number, e: number): void {
    const words = this.#words;
    const at = this.#at;
    poke(words, at + Slot.REQUEST, request);
    poke(words, at + Slot.ARG0, a);
    poke(words, at + Slot.ARG1, b);
    poke(words, at + Slot.ARG2, c);
    poke(words, at + Slot.ARG3, d);
    poke(words, at + Slot.ARG4, e);
  }

  #giveTurn(): void {
    const words = this.#words;
    Atomics.store(words, this.#turn, Turn.KERNEL);
    Atomics.notify(words, this.#turn);
    if (this.live) {
      Atomics.add(words, Control.DOORBELL, 1);
      Atomics.notify(words, Control.DOORBELL);
    }
    do Atomics.wait(words, this.#turn, Turn.KERNEL);
    while (Atomics.load(words, this.#turn) === Turn.KERNEL);
  }
}
