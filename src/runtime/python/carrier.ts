import { invariant } from '../../base/invariant.ts';
import { slotAt, type Memory } from '../../abi/layout.ts';
import { EndCause } from '../../abi/record.ts';
import { Request, Slot } from '../../abi/slot.ts';
import type { Collector } from './pyodide-internals.ts';
import { readMail, writeMail } from '../../abi/text.ts';
import { peek, poke, type Words } from '../../abi/words.ts';
import { sleepForEver } from './rest.ts';
import type { Turns } from './turns.ts';

/**
 * An interpreter carries all threads of one process. Each has a slot, as every thread; but one worker answers for all of them. Who of
 * them has the turn, its `Turns` say.
 *
 * Threads are stacks of one WebAssembly instance. The one whose turn it is runs; when it asks the kernel for something, the worker
 * blocks in `Atomics.wait` until a thread of its has the turn. If that is the same one, its call returns. If it is another,
 * the call returns "suspended", Python calls C's `poll()`, which suspends the stack on the promise that is made here, and the
 * other's stack is resumed by its own. Nothing else ever makes a stack go on, so one runs at a time in the process; in
 * stepped mode, in the whole machine.
 */

/**
 * A kernel call that may have to let another thread run: each `yield` is a suspension, or an interruption by signals, whose handlers
 * Python runs; it is resumed with the turn.
 */
export type Call<T> = Generator<typeof SUSPENDED | typeof INTERRUPTED, T, void>;

/** What a kernel call returns to Python (None) when its stack must be suspended at once. */
export const SUSPENDED = undefined;
/** What it returns (False) when handlers of signals must run before it goes on. */
export const INTERRUPTED = false;
export type Pause = typeof SUSPENDED | typeof INTERRUPTED;

/** Memory that the process has in common with others. */
export interface Sharing {
  /** What this process has written becomes theirs. */
  publishAll(): void;
  /** What they have written becomes its. */
  refreshAll(): void;
}

/** In place of a call: a step, which has no more to do when it is resumed. */
const STEP = null;

export class Carrier {
  readonly memory: Memory;
  /** The slot of the process's main thread, and of the worker. */
  readonly slot: number;
  readonly #words: Words;
  readonly #turns: () => Turns;
  #turnsOfRun: Turns | null = null;
  /** Starts the stack of the thread in this slot, which has the turn for the first time. */
  readonly #start: (slot: number) => void;
  /** Stacks that are suspended, by slot. */
  readonly #asleep = new Map<number, (nothing: number) => void>();
  /** Kernel calls that are under way, by slot; above an interrupted one those of the handlers. */
  readonly #calls = new Map<number, (Call<unknown> | typeof STEP)[]>();
  /**
   * Kept from running between a call that returns "suspended" and `poll()`: what it finalizes may call the kernel. In `poll()` itself no
   * thread of C's runs, so it is set free again by whoever comes to the kernel next.
   */
  collector: Collector | null = null;
  #isPaused = false;
  /** Slots of threads that an exception ends which nobody has caught. */
  readonly #uncaught = new Set<number>();
  /** What the next C `poll()` suspends on. */
  #next: Promise<number> | null = null;
  /** Slot of the thread whose stack runs. */
  #current: number;
  /** Slots of threads that execute nothing but the library: each kernel call of theirs that moves something is a step. */
  readonly #byCall = new Set<number>();
  /** Told of every moment in which others may run. */
  sharing: Sharing | null = null;
  /** Told whenever the main thread gets the turn and signals have come for the process. */
  onSignals: () => void = () => {};

  /** `turns`: asked when the process begins; before, nobody knows in which mode the run will be. */
  constructor(memory: Memory, slot: number, turns: () => Turns, start: (slot: number) => void) {
    this.memory = memory;
    this.slot = slot;
    this.#words = memory.words;
    this.#turns = turns;
    this.#start = start;
    this.#current = slot;
  }

  /** Precondition: the process has begun. */
  get turns(): Turns {
    invariant(this.#turnsOfRun !== null, 'threads take turns once the process has begun');
    return this.#turnsOfRun;
  }

  /** Slot of the thread whose stack runs. */
  get current(): number {
    return this.#current;
  }

  /** For `suspendInPoll`. */
  readonly takePromise = (): Promise<number> | null => {
    const promise = this.#next;
    this.#next = null;
    return promise;
  };

  /** A word of the current thread's slot. */
  read(word: number): number {
    return peek(this.#words, slotAt(this.#current) + word);
  }

  write(word: number, value: number): void {
    poke(this.#words, slotAt(this.#current) + word, value);
  }

  readMail(): Uint8Array {
    return readMail(this.memory, this.#current, this.read(Slot.MAIL_BYTES));
  }

  /** @throws RangeError when it does not fit. */
  writeMail(bytes: Uint8Array): void {
    this.write(Slot.MAIL_BYTES, writeMail(this.memory, this.#current, bytes));
  }

  /**
   * Gives the turn to the kernel with this request of the current thread. True: it has the turn again, and RESULT is its answer.
   * False: another thread has it, and the caller must suspend itself at once.
   */
  hand(request: Request, a = 0, b = 0, c = 0, d = 0, e = 0): boolean {
    invariant(this.#next === null, 'a stack that is suspended calls poll() at once', `slot ${this.#current}`);
    const me = this.#current;
    this.#freeCollector();
    const granted = this.#ask(request, a, b, c, d, e);
    if (granted === this.slot && this.#hasSignals()) this.onSignals();
    if (granted === me) return true;
    this.#next = new Promise((resolve) => this.#asleep.set(me, resolve));
    this.#isPaused = this.collector?.pause() ?? false;
    this.#go(granted);
    return false;
  }

  #freeCollector(): void {
    if (this.#isPaused) this.collector?.resume();
    this.#isPaused = false;
  }

  #hasSignals(): boolean {
    return Atomics.load(this.#words, slotAt(this.slot) + Slot.SIGNALS_PENDING) !== 0;
  }

  /** The signals that have come for the process, one bit each; from now on they are taken. */
  takeSignals(): number {
    return Atomics.exchange(this.#words, slotAt(this.slot) + Slot.SIGNALS_PENDING, 0);
  }

  /** Which signals the process takes itself, one bit each. */
  set handledSignals(mask: number) {
    poke(this.#words, slotAt(this.slot) + Slot.SIGNALS_HANDLED, mask);
  }

  get handledSignals(): number {
    return peek(this.#words, slotAt(this.slot) + Slot.SIGNALS_HANDLED);
  }

  /** As `hand`, inside a kernel call. Returns RESULT. */
  *ask(request: Request, a = 0, b = 0, c = 0, d = 0, e = 0): Call<number> {
    if (!this.hand(request, a, b, c, d, e)) yield SUSPENDED;
    return this.read(Slot.RESULT);
  }

  /** Whether the current thread's kernel calls that move something are steps of their own: it has no lines of the program's. */
  stepsByCall(does: boolean): void {
    if (does) this.#byCall.add(this.#current);
    else this.#byCall.delete(this.#current);
  }

  /** Begins a kernel call for Python by which something moves that one may want to see move, or which a loop may make again and again. */
  enterStep<T>(call: Call<T>): T | Pause {
    return this.enter(this.#byCall.has(this.#current) ? this.#inOwnStep(call) : call);
  }

  /** Begins a kernel call for Python. */
  enter<T>(call: Call<T>): T | Pause {
    const me = this.#current;
    this.turns.heed();
    // A free lock is taken without asking anybody; in live mode others run meanwhile.
    if (this.turns.live) this.sharing?.publishAll();
    const { done, value } = call.next();
    if (this.turns.live) this.sharing?.refreshAll();
    if (done === true) return value;
    this.#callsOf(me).push(call);
    return value;
  }

  *#inOwnStep<T>(call: Call<T>): Call<T> {
    this.write(Slot.LINE, 0);
    if (!this.hand(Request.YIELD)) yield SUSPENDED;
    return yield* call;
  }

  /** Ends the current thread's step, as a kernel call for Python: 0. */
  endStep(): 0 | Pause {
    const me = this.#current;
    if (this.hand(Request.YIELD)) return 0;
    this.#callsOf(me).push(STEP);
    return SUSPENDED;
  }

  /** Goes on with the kernel call in which the current thread was suspended or interrupted. */
  resume(): unknown {
    this.#freeCollector();
    const calls = this.#callsOf(this.#current);
    const call = calls.at(-1);
    invariant(call !== undefined, 'who is resumed was in a kernel call', `slot ${this.#current}`);
    if (call !== STEP) {
      const { done, value } = call.next();
      if (done !== true) return value;
      calls.pop();
      return value;
    }
    calls.pop();
    return 0;
  }

  #callsOf(slot: number): (Call<unknown> | typeof STEP)[] {
    const calls = this.#calls.get(slot) ?? [];
    this.#calls.set(slot, calls);
    return calls;
  }

  /** Gives up the kernel call in which the current thread was suspended or interrupted: a signal's handler has raised. */
  cancel(): void {
    this.#callsOf(this.#current).pop()?.return(undefined);
  }

  /** The current thread's stack is at its end: tells the kernel, and lets the next thread run. Never returns for the main thread. */
  leave(code: number): void {
    const isRaised = this.#uncaught.delete(this.#current);
    const cause = code === 0 ? EndCause.RETURNED : EndCause.EXITED;
    // A thread has no exit status in CPython; here it has the one that its process would have.
    const status = isRaised ? 1 : code;
    this.#follow(this.#ask(Request.EXIT, status, 0, isRaised ? EndCause.RAISED : cause, 0, 0));
  }

  /** The current thread will have ended by an exception that nobody has caught. */
  noteUncaught(): void {
    this.#uncaught.add(this.#current);
  }

  /** Ends the process, as this signal would. Never returns. Precondition: no stack will run again. */
  die(signal: number): never {
    this.#ask(Request.KILL, this.read(Slot.PID), -signal, EndCause.KILLED, 0, 0);
    sleepForEver();
  }

  /** Waits for a process to carry, and lets its first thread run. */
  begin(): void {
    this.#turnsOfRun = this.#turns();
    this.#follow(this.turns.begin());
  }

  #ask(request: Request, a: number, b: number, c: number, d: number, e: number): number {
    this.sharing?.publishAll();
    const granted = this.turns.hand(this.#current, request, a, b, c, d, e);
    this.sharing?.refreshAll();
    return granted;
  }

  #follow(granted: number): void {
    if (granted === this.slot && this.#hasSignals()) this.onSignals();
    this.#go(granted);
  }

  /** What `resolve` sets going runs when the calling stack is suspended or at its end: there is one at a time. */
  #go(slot: number): void {
    this.#current = slot;
    const resolve = this.#asleep.get(slot);
    if (resolve === undefined) {
      this.#start(slot);
    } else {
      this.#asleep.delete(slot);
      resolve(0);
    }
  }
}
