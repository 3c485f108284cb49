import { Random } from '../base/random.ts';
import { ObjectKind } from '../abi/objects.ts';
import { BlockReason, EndCause, InputKind, Kind, Operation, PreemptCause, ReadyCause, RunEnd } from '../abi/record.ts';
import { LogScript } from './log-script.fixture.ts';
import type { LogStore } from './log-store.ts';

const LOCKS = [1, 2];
const EVENT = 3;
const VALUE = 4;
const MAX_TIDS = 9;

interface Toy {
  readonly tid: number;
  state: 'new' | 'ready' | 'running' | 'blocked' | 'over';
  cpu: number;
  object: number;
  due: number;
  woken: boolean;
  /** What it does on its free way: it tries again for this lock, or comes back from this wait. */
  retry: number;
  readonly spent: Spent;
}

export interface Spent {
  ready: number;
  blocked: number;
  cpu: number;
}

export interface RandomRun {
  readonly log: LogStore;
  readonly cpus: number;
  /** By tid: counted by looking at every thread once a tick, after the dispatches; an independent way to the measures. */
  readonly spent: ReadonlyMap<number, Spent>;
}

/** A toy kernel that keeps to ARCHITECTURE.md and whose threads do random things. */
export function randomRun(seed: number, ticks = 60): RandomRun {
  return new ToyKernel(seed, false).run(ticks);
}

/** The same, but every wait has a time-out and nobody ends, so the run is as long as asked for. */
export function longRun(seed: number, ticks: number): RandomRun {
  return new ToyKernel(seed, true).run(ticks);
}

class ToyKernel {
  readonly #random: Random;
  readonly #script = new LogScript();
  readonly #lively: boolean;
  readonly #cpus: number;
  readonly #threads: Toy[] = [];
  readonly #holders = new Map<number, Toy>();
  #ready: Toy[] = [];
  /** Who waits for an object, longest first. */
  #waiting: Toy[] = [];
  #flag = false;

  constructor(seed: number, lively: boolean) {
    this.#lively = lively;
    this.#random = new Random(seed);
    this.#cpus = 1 + this.#random.below(3);
  }

  run(ticks: number): RandomRun {
    const script = this.#script;
    for (let i = 0; i < 2 + this.#random.below(3); i += 1) this.#create();
    for (const lock of LOCKS) script.lock(lock, lock === 1 ? 'lock' : '');
    script.object(EVENT, ObjectKind.EVENT, '').variable(VALUE, 'x', 7);
    let outcome: RunEnd = RunEnd.LIMIT;
    for (let tick = 0; tick < ticks; tick += 1) {
      script.at(tick);
      this.#beginTick(tick);
      const next = this.#dispatch(tick);
      for (const toy of this.#threads) this.#count(toy, 1);
      if (next.length === 0) {
        const due = this.#threads.filter((toy) => toy.state === 'blocked' && toy.due >= 0).map((toy) => toy.due);
        const alive = this.#threads.some((toy) => toy.state !== 'over');
        if (due.length === 0) {
          for (const toy of this.#threads) this.#count(toy, -1);
          outcome = alive ? RunEnd.DEADLOCK : RunEnd.FINISHED;
          break;
        }
        const jump = Math.min(...due) - tick - 1;
        for (const toy of this.#threads) this.#count(toy, jump);
        tick += jump;
      }
      for (const toy of next) if (toy.state === 'running') this.#step(toy, tick);
      // The next tick begins even if the loop ends, so that what was counted has passed.
      script.at(tick + 1);
    }
    script.end(outcome, 'over');
    return { log: script.log, cpus: this.#cpus, spent: new Map(this.#threads.map((toy) => [toy.tid, toy.spent])) };
  }

  #count(toy: Toy, ticks: number): void {
    if (toy.state === 'ready') toy.spent.ready += ticks;
    else if (toy.state === 'blocked') toy.spent.blocked += ticks;
  }

  #create(parent = 0): void {
    const tid = this.#threads.length + 1;
    const spent = { ready: 0, blocked: 0, cpu: 0 };
    this.#threads.push({ tid, state: 'new', cpu: -1, object: 0, due: -1, woken: false, retry: 0, spent });
    const name = this.#random.below(2) === 0 ? `P${this.#random.below(4)}` : `Process-${tid}`;
    this.#script.process(tid, name, parent);
  }

  #beginTick(tick: number): void {
    const script = this.#script;
    const random = this.#random;
    if (!this.#lively && random.below(25) === 0) this.#kill();
    for (const toy of this.#threads) {
      if (toy.state === 'blocked' && toy.due === tick) this.#makeReady(toy, ReadyCause.TIMER);
    }
    for (const toy of this.#threads) {
      if (toy.woken) this.#makeReady(toy, ReadyCause.WOKEN);
      else if (toy.state === 'new') this.#makeReady(toy, ReadyCause.CREATED);
    }
    if (random.below(30) === 0) script.record(Kind.BOOST, 0, -1, 0, 0);
    for (const toy of this.#threads) {
      if (toy.state !== 'running' || random.below(3) !== 0) continue;
      script.preempt(toy.tid, toy.cpu, PreemptCause.QUANTUM, random.below(3));
      toy.state = 'ready';
      this.#ready.push(toy);
    }
  }

  #makeReady(toy: Toy, cause: ReadyCause): void {
    this.#script.ready(toy.tid, cause, this.#random.below(3), 0, toy.object);
    Object.assign(toy, { state: 'ready', object: 0, due: -1, woken: false });
    this.#waiting = this.#waiting.filter((other) => other !== toy);
    this.#ready.push(toy);
  }

  #kill(): void {
    const victim = this.#threads[this.#random.below(this.#threads.length)];
    if (victim === undefined || victim.state === 'over' || victim.state === 'new') return;
    this.#script.record(Kind.INPUT, InputKind.KILL, -1, 0, 0, victim.tid, -15);
    this.#terminate(victim, EndCause.KILLED);
  }

  #terminate(toy: Toy, cause: EndCause): void {
    this.#script.terminate(
      toy.tid,
      toy.state === 'running' ? toy.cpu : -1,
      cause,
      cause === EndCause.KILLED ? -15 : 0,
      'gone',
    );
    Object.assign(toy, { state: 'over', woken: false, due: -1 });
    this.#ready = this.#ready.filter((other) => other !== toy);
    this.#waiting = this.#waiting.filter((other) => other !== toy);
  }

  /** Returns who has a CPU, in CPU order. */
  #dispatch(tick: number): Toy[] {
    for (let cpu = 0; cpu < this.#cpus; cpu += 1) {
      while (!this.#threads.some((toy) => toy.state === 'running' && toy.cpu === cpu) && this.#ready.length > 0) {
        const candidates = this.#ready.length;
        const [toy] = this.#ready.splice(this.#random.below(candidates), 1);
        if (toy === undefined) break;
        if (candidates > 1) this.#script.record(Kind.PICK, 0, cpu, toy.tid, 0, candidates, 0);
        this.#script.dispatch(toy.tid, cpu, 2);
        Object.assign(toy, { state: 'running', cpu });
        if (toy.retry !== 0) this.#acquire(toy, toy.retry, tick);
      }
    }
    const running = this.#threads.filter((toy) => toy.state === 'running');
    return running.toSorted((one, other) => one.cpu - other.cpu);
  }

  #step(toy: Toy, tick: number): void {
    const script = this.#script;
    const { tid } = toy;
    const random = this.#random;
    script.line(tid, 1 + random.below(20), toy.cpu);
    toy.spent.cpu += 1;
    const lock = LOCKS[random.below(2)] ?? 1;
    switch (random.below(12)) {
      case 0:
      case 1:
        if (this.#holders.get(lock) === toy) break;
        script.call(tid, Operation.ACQUIRE, lock);
        this.#acquire(toy, lock, tick);
        break;
      case 2:
      case 3:
        if (this.#holders.get(lock) === toy) this.#release(toy, lock);
        break;
      case 4:
        script.call(tid, Operation.WAIT, EVENT);
        if (this.#flag) script.done(tid, Operation.WAIT, EVENT);
        else this.#block(toy, BlockReason.EVENT, EVENT, this.#timeOut(tick));
        break;
      case 5:
        this.#flag = true;
        script.done(tid, Operation.SET, EVENT);
        for (const waiter of this.#waiting.filter((one) => one.object === EVENT)) this.#wake(waiter, toy);
        break;
      case 6:
        this.#flag = false;
        script.done(tid, Operation.CLEAR, EVENT);
        break;
      case 7:
        this.#block(toy, random.below(2) === 0 ? BlockReason.SLEEP : BlockReason.IO, 0, tick + 1 + random.below(12));
        break;
      case 8:
        script.store(tid, VALUE, random.below(100) / 4);
        break;
      case 9:
        script.print(tid, `${tid} says ${random.below(100)}\n`);
        break;
      case 10:
        if (this.#threads.length < MAX_TIDS) this.#create(tid);
        break;
      default:
        if (!this.#lively && random.below(6) === 0) this.#terminate(toy, EndCause.RETURNED);
    }
  }

  #acquire(toy: Toy, lock: number, tick: number): void {
    toy.retry = 0;
    if (this.#holders.has(lock)) {
      this.#block(toy, BlockReason.LOCK, lock, this.#timeOut(tick));
      toy.retry = lock;
    } else {
      this.#holders.set(lock, toy);
      this.#script.done(toy.tid, Operation.ACQUIRE, lock);
    }
  }

  #timeOut(tick: number): number {
    return this.#lively || this.#random.below(3) === 0 ? tick + 1 + this.#random.below(9) : -1;
  }

  #release(toy: Toy, lock: number): void {
    this.#holders.delete(lock);
    this.#script.done(toy.tid, Operation.RELEASE, lock);
    const waiter = this.#waiting.find((one) => one.object === lock);
    if (waiter !== undefined) this.#wake(waiter, toy);
  }

  #wake(waiter: Toy, by: Toy): void {
    waiter.woken = true;
    waiter.due = -1;
    this.#waiting = this.#waiting.filter((other) => other !== waiter);
    this.#script.woken(waiter.tid, waiter.object, by.tid);
  }

  #block(toy: Toy, reason: BlockReason, object: number, until: number): void {
    this.#script.block(toy.tid, reason, object, until, toy.cpu, 3);
    Object.assign(toy, { state: 'blocked', object, due: until });
    if (object !== 0) this.#waiting.push(toy);
  }
}
