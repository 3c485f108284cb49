import { MS_PER_TICK } from '../base/units.ts';
import { asObjectId, type Tid } from '../base/ids.ts';
import { Control } from '../abi/control.ts';
import { slotAt } from '../abi/layout.ts';
import { ExitCode } from '../abi/exit-code.ts';
import { LAST_TICK, RECORD_LIMIT } from '../abi/limits.ts';
import { callCarrier, nudge } from '../abi/parking.ts';
import { EndCause, InputKind, ReadyCause, STOPPED } from '../abi/record.ts';
import type { KernelStatus, RunUntil } from '../abi/remote.ts';
import { Life, Request, Signal, Slot, Turn } from '../abi/slot.ts';
import { highHalf, lowHalf, peek, poke } from '../abi/words.ts';
import { measureUnit } from '../abi/work.ts';
import { Aftermath } from './aftermath.ts';
import { endLost, endThread, killProcess } from './ending.ts';
import { HangWatch, isParked } from './hang-watch.ts';
import type { Machine } from './machine.ts';
import { deadlockMessage, type End, type Outcome } from './outcome.ts';
import { typeText } from './console.ts';
import { resizePool } from './pool-size.ts';
import { takeExit } from './requests.ts';
import type { Run } from './run.ts';
import { sendSignal } from './signals.ts';
import { spawnChild } from './spawn.ts';
import { ThreadState, type Thread } from './thread.ts';

/** Real time, handed in by the worker: the kernel itself cannot name a clock. */
export interface Clock {
  /** Milliseconds since the epoch, the same on all workers, with fractions. */
  nowMs(): number;
}

/** One sleep of the supervisor. Whatever does not ring (a pause, a dead worker, a deadlock) is seen this much later. */
const SLICE_MS = 20;
/** As many slices in a row must find everybody waiting, since the slots cannot be looked at all at once. */
const DEADLOCK_SLICES = 10;
/** Whoever stops a run does not wait longer than this for a host between two checkpoints. */
const STOP_PATIENCE_MS = 500;
const US_PER_MS = 1000;

/**
 * Live mode: the kernel schedules nothing. It brings threads into being and ends them; their hosts run in parallel and
 * write their own transitions. So a thread's state in the table stays New until it is Terminated.
 */
export class LiveRun implements Run {
  readonly #machine: Machine;
  readonly #outcome: Outcome;
  readonly #clock: Clock;
  /** Started and not ended. */
  #active: Thread[] = [];
  #originMs = -1;
  #slicesAllWaited = 0;
  readonly #hangs: HangWatch;
  readonly #aftermath: Aftermath;

  /** Precondition: the first threads exist (or `outcome` says why not). */
  constructor(machine: Machine, outcome: Outcome, clock: Clock) {
    this.#machine = machine;
    this.#outcome = outcome;
    this.#clock = clock;
    this.#hangs = new HangWatch(machine.words);
    this.#aftermath = new Aftermath(machine.memory);
  }

  get status(): KernelStatus {
    return this.#outcome.status(this.#machine);
  }

  /** Runs until nobody is left or Control.PAUSE is set, which ends everybody: a live run cannot be halted and resumed. */
  run(_until: RunUntil): KernelStatus {
    if (this.#outcome.isOver) return this.status;
    const { words } = this.#machine;
    this.#begin();
    while (!this.#outcome.isOver) {
      const bell = Atomics.load(words, Control.DOORBELL);
      this.#startArrivals();
      this.#takeInput();
      for (const thread of this.#active) this.#attend(thread);
      this.#endHung();
      this.#aftermath.look();
      if (this.#endIfDue()) break;
      if (Atomics.wait(words, Control.DOORBELL, bell, SLICE_MS) === 'timed-out') this.#watchForDeadlock();
      else this.#slicesAllWaited = 0;
    }
    Atomics.store(words, Control.PAUSE, 0);
    return this.status;
  }

  pick(tid: Tid): KernelStatus {
    throw new Error(`thread ${tid} cannot be picked: in live mode the operating system schedules`);
  }

  /** While it runs, the kernel answers no calls: inputs come by `Control.INPUT`. Before and after it nothing takes them. */
  kill(pid: number): KernelStatus {
    this.#outcome.refuseKillWhenOver(pid);
    throw new Error(`process ${pid} cannot be ended: the run has not begun`);
  }

  resizePool(_size: number): KernelStatus {
    this.#outcome.refuseResizeWhenOver();
    throw new Error('the pool cannot change its size: the run has not begun');
  }

  typeLine(_line: string | null): KernelStatus {
    this.#outcome.refuseLineWhenOver();
    throw new Error('nobody reads a line: the run has not begun');
  }

  #takeInput(): void {
    const { words } = this.#machine;
    const kind = Atomics.load(words, Control.INPUT);
    if (kind === 0) return;
    const value = Atomics.load(words, Control.INPUT_VALUE);
    // From here on there may be the next one.
    Atomics.store(words, Control.INPUT, 0);
    this.#stamp();
    if (kind === InputKind.POOL) resizePool(this.#machine, value);
    if (kind === InputKind.LINE) typeText(this.#machine, value);
    if (kind !== InputKind.KILL) return;
    this.#machine.log.input(InputKind.KILL, value, ExitCode.SIGTERM);
    killProcess(this.#machine, value, ExitCode.SIGTERM, EndCause.KILLED);
  }

  #begin(): void {
    if (this.#originMs >= 0) return;
    const { words, rising, table } = this.#machine;
    // Here, because nothing else of ours runs: all hosts are parked still. Once for each machine.
    if (Atomics.load(words, Control.WORK_UNIT_NS) === 0) {
      Atomics.store(
        words,
        Control.WORK_UNIT_NS,
        measureUnit(() => this.#clock.nowMs()),
      );
    }
    this.#originMs = this.#clock.nowMs();
    Atomics.store(words, Control.TIME_ORIGIN_LOW, lowHalf(this.#originMs));
    Atomics.store(words, Control.TIME_ORIGIN_HIGH, highHalf(this.#originMs));
    // With a launcher: those that it created to arrive at once. Without: the main process.
    const { launcher } = this.#machine.spec;
    const first = launcher ? rising : table.livingThreads();
    for (const thread of first) this.#start(thread, launcher ? ReadyCause.ARRIVED : ReadyCause.CREATED);
  }

  #elapsedMs(): number {
    return this.#clock.nowMs() - this.#originMs;
  }

  /** Precondition of every record: `log.time` is now. */
  #stamp(): void {
    this.#machine.log.time = Math.min(Math.round(this.#elapsedMs() * US_PER_MS), LAST_TICK);
  }

  #startArrivals(): void {
    const { timers } = this.#machine;
    const tick = Math.floor(this.#elapsedMs() / MS_PER_TICK);
    for (let thread = timers.takeDue(tick); thread !== null; thread = timers.takeDue(tick)) {
      this.#start(thread, ReadyCause.ARRIVED);
    }
  }

  /** The thread is Ready from here on; its host says when it runs. */
  #start(thread: Thread, cause: ReadyCause): void {
    if (thread.state === ThreadState.TERMINATED) return;
    this.#active.push(thread);
    thread.readyCause = cause;
    thread.readyBy = thread.parent;
    this.#stamp();
    this.#machine.log.ready(thread, 0);
    this.#giveTurn(thread.slot);
  }

  #giveTurn(slot: number): void {
    const turn = slotAt(slot) + Slot.TURN;
    Atomics.store(this.#machine.words, turn, Turn.HOST);
    Atomics.notify(this.#machine.words, turn);
    callCarrier(this.#machine.words, slot);
  }

  #attend(thread: Thread): void {
    const { words } = this.#machine;
    if (thread.state === ThreadState.TERMINATED) return;
    const at = slotAt(thread.slot);
    if (Atomics.load(words, at + Slot.LIFE) === Life.DEAD) {
      this.#stamp();
      endLost(this.#machine, thread, 'died');
    } else if (Atomics.load(words, at + Slot.TURN) === Turn.KERNEL) {
      this.#stamp();
      this.#serve(thread, at);
    }
  }

  #serve(thread: Thread, at: number): void {
    const { words } = this.#machine;
    const request = peek(words, at + Slot.REQUEST);
    poke(words, at + Slot.REQUEST, Request.NONE);
    if (request === Request.EXIT) {
      endThread(this.#machine, thread, takeExit(this.#machine, thread));
      return;
    }
    if (request === Request.NONE) {
      endLost(this.#machine, thread, 'died');
      return;
    }
    if (request === Request.SPAWN) this.#spawn(thread, at);
    if (request === Request.KILL) this.#kill(at);
    if (request === Request.SIGNAL) this.#signal(thread, at);
    if (thread.state !== ThreadState.TERMINATED) this.#giveTurn(thread.slot);
  }

  #spawn(parent: Thread, at: number): void {
    const { words, timers } = this.#machine;
    const delayTicks = peek(words, at + Slot.ARG1);
    const child = spawnChild(this.#machine, parent);
    if (typeof child === 'number') {
      poke(words, at + Slot.RESULT, child);
      return;
    }
    poke(words, at + Slot.RESULT, child.tid);
    poke(words, at + Slot.ARG0, child.pid);
    poke(words, at + Slot.ARG1, child.object);
    if (delayTicks > 0) timers.set(child, Math.floor(this.#elapsedMs() / MS_PER_TICK) + delayTicks);
    else this.#start(child, ReadyCause.CREATED);
  }

  #kill(at: number): void {
    const { words } = this.#machine;
    const cause = (peek(words, at + Slot.ARG2) || EndCause.KILLED) as EndCause;
    const killed = killProcess(this.#machine, peek(words, at + Slot.ARG0), peek(words, at + Slot.ARG1), cause);
    poke(words, at + Slot.RESULT, killed ? 1 : 0);
  }

  #signal(by: Thread, at: number): void {
    const { words } = this.#machine;
    const exists = sendSignal(this.#machine, peek(words, at + Slot.ARG0), peek(words, at + Slot.ARG1), by.tid);
    poke(words, at + Slot.RESULT, exists ? 1 : 0);
  }

  /** A host that hangs loses its thread, and the run goes on without. */
  #endHung(): void {
    const hung = this.#hangs.look(this.#active, this.#clock.nowMs());
    // All, before the end of one of them has to wait for what another may hold.
    for (const { slot } of hung) this.#machine.pool.discard(slot);
    for (const thread of hung) {
      this.#stamp();
      endLost(this.#machine, thread, 'hung');
    }
    this.#active = this.#active.filter((thread) => thread.state !== ThreadState.TERMINATED);
  }

  #endIfDue(): boolean {
    const { words, table, log } = this.#machine;
    if (table.living === 0) {
      this.#end('finished');
    } else if (Atomics.load(words, Control.PAUSE) !== 0) {
      this.#endAll();
      this.#end('finished', STOPPED);
    } else if (log.count >= RECORD_LIMIT) {
      this.#endAll();
      this.#end('limit', `${RECORD_LIMIT} records`);
    } else if (this.#elapsedMs() * US_PER_MS >= LAST_TICK) {
      this.#endAll();
      this.#end('limit', `${Math.floor(LAST_TICK / US_PER_MS / 60_000)} minutes`);
    }
    return this.#outcome.isOver;
  }

  #end(state: End, message = ''): void {
    this.#stamp();
    this.#outcome.end(this.#machine, state, message);
  }

  /** All are told first, so that they unwind side by side; who has not come then is given up. */
  #endAll(): void {
    const { memory, words, table, pool } = this.#machine;
    const living = table.livingThreads();
    for (const { slot } of living) {
      Atomics.store(words, slotAt(slot) + Slot.KILL, Signal.STOP);
      nudge(memory, slot);
    }
    const deadlineMs = this.#clock.nowMs() + STOP_PATIENCE_MS;
    for (const thread of living) {
      if (thread.slot >= 0) pool.unwind(thread.slot, Math.max(0, deadlineMs - this.#clock.nowMs()));
      thread.slot = -1;
      this.#stamp();
      endThread(this.#machine, thread, { cause: EndCause.KILLED, code: ExitCode.SIGKILL, text: 0 });
    }
  }

  #watchForDeadlock(): void {
    this.#slicesAllWaited = this.#allWait() ? this.#slicesAllWaited + 1 : 0;
    if (this.#slicesAllWaited < DEADLOCK_SLICES) return;
    const { words } = this.#machine;
    for (const thread of this.#active) {
      thread.blockObject = asObjectId(peek(words, slotAt(thread.slot) + Slot.PARK_OBJECT));
    }
    this.#end('deadlock', deadlockMessage(this.#machine, this.#active));
  }

  /** Nobody runs, nobody will be started, and every wait can only be ended by somebody else. */
  #allWait(): boolean {
    const { words, timers, pool } = this.#machine;
    if (timers.nextDue >= 0 || pool.awaitsEnds) return false;
    for (const { slot } of this.#active) {
      const at = slotAt(slot);
      if (!isParked(words, slot)) return false;
      const word = Atomics.load(words, at + Slot.PARK_WORD);
      // Somebody may type a line at any time.
      if (word === 0 || word === Control.CONSOLE_BELL || Atomics.load(words, at + Slot.PARK_TIMED) !== 0) return false;
    }
    return true;
  }
}
