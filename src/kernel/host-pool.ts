import { Control, Mode } from '../abi/control.ts';
import { slotAt, type Memory } from '../abi/layout.ts';
import { HOST_START_MS, MAX_SLOTS } from '../abi/limits.ts';
import { abandon, nudge, takeOut } from '../abi/parking.ts';
import type { KernelDemand } from '../abi/remote.ts';
import { Life, Park, Request, Signal, Slot, SpawnError, Turn } from '../abi/slot.ts';
import { peek, poke, type Words } from '../abi/words.ts';
import type { Relay } from './relay.ts';
import type { Thread } from './thread.ts';

export type Demand = (demand: KernelDemand) => void;

/** One wait for a worker that starts. Short, because a worker that dies meanwhile need not notify LIFE. */
const START_SLICE_MS = 250;
/** Most requests that a host may leave instead of unwinding, before it counts as hung. */
const UNWIND_ROUNDS = 64;

/**
 * The kernel's view of the hosts. Parked ones are taken in order of slot; when there is none, the main thread is asked
 * for a worker, and the kernel waits for it. Which slot a thread has is never logged, so it cannot reach `hash()`.
 */
export class HostPool {
  readonly #memory: Memory;
  readonly #words: Words;
  readonly #relay: Relay;
  readonly #demand: Demand;
  /** Slots that belong to a thread: LIFE is no proof, since a host that ends parks before its request is served. */
  readonly #bound = new Uint8Array(MAX_SLOTS);
  /** Workers that were given up in the midst of something, by slot: their numbers. */
  readonly #givenUp = new Map<number, number>();
  /** Only the first so many slots are used. */
  limit = MAX_SLOTS;

  constructor(memory: Memory, relay: Relay, demand: Demand) {
    this.#memory = memory;
    this.#words = memory.words;
    this.#relay = relay;
    this.#demand = demand;
  }

  /** A parked host's slot, or a negative `SpawnError`. It is the caller's once it is bound. */
  acquire(): number {
    let vacant = -1;
    let dead = -1;
    for (let slot = 0; slot < this.limit; slot += 1) {
      if (this.#bound[slot] === 1) continue;
      if (this.#isParked(slot)) return slot;
      const life = this.#life(slot);
      if (life === Life.DEAD) dead = dead < 0 ? slot : dead;
      else if (life !== Life.BUSY && vacant < 0) vacant = slot;
    }
    const slot = vacant >= 0 ? vacant : dead;
    if (slot < 0) return SpawnError.NO_HOST;
    return this.#start(slot) ? slot : SpawnError.NOT_STARTED;
  }

  /**
   * A vacant slot for a thread that another slot's worker carries beside its own, or a negative `SpawnError`. It is the caller's once it is
   * bound. Never one in which workers come and go: how many there are does not depend on the runs before.
   */
  acquireCarried(): number {
    for (let slot = MAX_SLOTS - 1; slot >= this.limit; slot -= 1) {
      if (this.#bound[slot] === 0 && this.#life(slot) === Life.EMPTY) return slot;
    }
    return SpawnError.NO_HOST;
  }

  /**
   * The host of `slot` will carry `thread`; its mailbox is filled. The first grant starts the program. `carrier`: whose worker it is, if
   * that worker carries several threads; its own slot for the first of them; -1: none.
   */
  bind(slot: number, thread: Thread, mailBytes: number, carrier = -1): void {
    this.#bound[slot] = 1;
    const words = this.#words;
    const at = slotAt(slot);
    poke(words, at + Slot.TID, thread.tid);
    poke(words, at + Slot.PID, thread.pid);
    poke(words, at + Slot.PARENT_PID, thread.parentPid);
    poke(words, at + Slot.SELF_OBJECT, thread.object);
    poke(words, at + Slot.RESULT, 0);
    poke(words, at + Slot.MAIL_BYTES, mailBytes);
    poke(words, at + Slot.REQUEST, Request.NONE);
    poke(words, at + Slot.LINE, 0);
    poke(words, at + Slot.DETAIL, 0);
    poke(words, at + Slot.BURST, thread.told);
    takeOut(this.#memory, slot);
    poke(words, at + Slot.PARK_WORD, 0);
    poke(words, at + Slot.CARRIER, carrier + 1);
    Atomics.store(words, at + Slot.CALL, 0);
    poke(words, at + Slot.SIGNALS_HANDLED, 0);
    poke(words, at + Slot.SIGNALS_PENDING, 0);
    // As its last worker may have left it.
    poke(words, at + Slot.GUARD_WAITED, 0);
    // Not parked: a worker that was stopped in its sleep has left PARKED behind.
    Atomics.store(words, at + Slot.PARK, Park.CHOSEN);
    Atomics.store(words, at + Slot.KILL, 0);
    Atomics.store(words, at + Slot.LIFE, carrier < 0 || carrier === slot ? Life.BUSY : Life.CARRIED);
  }

  /**
   * The slot's thread has ended, and its request for that has been read. The worker of an interpreter ends with its first thread: its
   * memory is full of what its program has left there. Whatever of its threads waits in a list is left there, too.
   */
  release(slot: number): void {
    this.#bound[slot] = 0;
    abandon(this.#memory, slot);
    if (this.#life(slot) === Life.CARRIED) {
      poke(this.#words, slotAt(slot) + Slot.CARRIER, 0);
      Atomics.store(this.#words, slotAt(slot) + Slot.LIFE, Life.EMPTY);
    } else if (this.#isCarrier(slot)) {
      this.discard(slot);
    }
  }

  /** Ends the program of the slot's host, which parks itself then. A host that does not come back is discarded. */
  unwind(slot: number, patienceMs: number): void {
    if (this.#carrierOf(slot) >= 0) {
      if (this.#isCarrier(slot) && Atomics.load(this.#words, Control.MODE) === Mode.LIVE) this.#halt(slot, patienceMs);
      this.release(slot);
      return;
    }
    Atomics.store(this.#words, slotAt(slot) + Slot.KILL, Signal.STOP);
    nudge(this.#memory, slot);
    for (let round = 0; round < UNWIND_ROUNDS && this.#life(slot) === Life.BUSY; round += 1) {
      if (this.#relay.handOver(slot, patienceMs) === 'hung') break;
    }
    if (this.#life(slot) === Life.BUSY) this.discard(slot);
    this.release(slot);
  }

  /**
   * Live mode: a worker that carries several threads comes to rest between two of their statements, where it holds no guard and owes no
   * record. It is stopped then; or in any case when the time is over.
   */
  #halt(slot: number, patienceMs: number): void {
    Atomics.store(this.#words, slotAt(slot) + Slot.KILL, Signal.STOP);
    nudge(this.#memory, slot);
    if (this.#life(slot) === Life.BUSY) Atomics.wait(this.#words, slotAt(slot) + Slot.LIFE, Life.BUSY, patienceMs);
  }

  /** Ends whatever hosts still carry, whichever run it belongs to. */
  unwindAll(patienceMs: number): void {
    for (let slot = 0; slot < MAX_SLOTS; slot += 1) {
      const life = this.#life(slot);
      if (life === Life.BUSY || life === Life.CARRIED) this.unwind(slot, patienceMs);
    }
    this.#bound.fill(0);
    this.#givenUp.clear();
  }

  /**
   * Every host leaves its slot for its event loop, where it can be born again for another program. One that still starts is waited
   * for, since it would park itself in the slot of its successor. Precondition: no host runs.
   */
  sendAllHome(): void {
    for (let slot = 0; slot < MAX_SLOTS; slot += 1) {
      const life = this.#life(slot);
      if (life === Life.EMPTY || life === Life.DEAD || !this.#awaitParked(slot)) continue;
      // With the turn and no thread: whatever LIFE says when it looks, it is not BUSY.
      Atomics.store(this.#words, slotAt(slot) + Slot.LIFE, Life.EMPTY);
      Atomics.store(this.#words, slotAt(slot) + Slot.TURN, Turn.HOST);
      Atomics.notify(this.#words, slotAt(slot) + Slot.TURN);
    }
  }

  /** Gives up a host that does not come back. Its slot is used again only after a new worker has parked in it. */
  discard(slot: number): void {
    const carrier = this.#carrierOf(slot);
    if (carrier >= 0 && carrier !== slot) {
      this.release(slot);
      this.discard(carrier);
      return;
    }
    const at = slotAt(slot);
    poke(this.#words, at + Slot.CARRIER, 0);
    Atomics.store(this.#words, at + Slot.CALL, 0);
    this.#bound[slot] = 0;
    // It was given up already, when somebody waited for what it held.
    if (this.#life(slot) === Life.DEAD) return;
    if (this.#life(slot) === Life.BUSY) this.#givenUp.set(slot, peek(this.#words, at + Slot.WORKER));
    // If it comes back before its worker is stopped, it unwinds, and finds that the slot is no longer its own.
    Atomics.store(this.#words, at + Slot.KILL, Signal.STOP);
    Atomics.store(this.#words, at + Slot.LIFE, Life.DEAD);
    // The grant that it did not answer is void: the main thread gives the turn to the next worker when it starts it.
    Atomics.store(this.#words, at + Slot.TURN, Turn.KERNEL);
    this.#demand({ kind: 'host-unwanted', slot });
  }

  /**
   * Live mode: a worker that was given up has not certainly ended yet, so that it may still owe somebody a wake-up (aftermath.ts). Of one
   * that had come to rest nobody waits for anything.
   */
  get awaitsEnds(): boolean {
    for (const [slot, worker] of this.#givenUp) {
      if (Atomics.load(this.#words, slotAt(slot) + Slot.WORKERS_ENDED) <= worker) return true;
      this.#givenUp.delete(slot);
    }
    return false;
  }

  #start(slot: number): boolean {
    const life = slotAt(slot) + Slot.LIFE;
    if (Atomics.compareExchange(this.#words, life, Life.DEAD, Life.EMPTY) === Life.DEAD) this.#resetTurn(slot);
    if (this.#life(slot) === Life.EMPTY) this.#demand({ kind: 'host-wanted', slot });
    return this.#awaitParked(slot);
  }

  /** False when the worker has died, or did not come in time: then it is given up. */
  #awaitParked(slot: number): boolean {
    const life = slotAt(slot) + Slot.LIFE;
    for (let waitedMs = 0; waitedMs < HOST_START_MS; waitedMs += START_SLICE_MS) {
      if (this.#isParked(slot)) return true;
      const now = this.#life(slot);
      if (now === Life.DEAD) return false;
      if (now === Life.PARKED) Atomics.wait(this.#words, slotAt(slot) + Slot.TURN, Turn.HOST, START_SLICE_MS);
      else Atomics.wait(this.#words, life, now, START_SLICE_MS);
    }
    if (this.#isParked(slot)) return true;
    this.discard(slot);
    return false;
  }

  #resetTurn(slot: number): void {
    Atomics.store(this.#words, slotAt(slot) + Slot.TURN, Turn.KERNEL);
  }

  /** LIFE alone is not enough: a host says PARKED a moment before it gives the turn back. */
  #isParked(slot: number): boolean {
    return this.#life(slot) === Life.PARKED && Atomics.load(this.#words, slotAt(slot) + Slot.TURN) === Turn.KERNEL;
  }

  /** Slot whose worker carries this one's thread together with others; -1: a worker of its own. */
  #carrierOf(slot: number): number {
    return peek(this.#words, slotAt(slot) + Slot.CARRIER) - 1;
  }

  #isCarrier(slot: number): boolean {
    return this.#carrierOf(slot) === slot;
  }

  #life(slot: number): number {
    return Atomics.load(this.#words, slotAt(slot) + Slot.LIFE);
  }
}
