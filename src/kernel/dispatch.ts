import { InputKind } from '../abi/record.ts';
import { goFreeWay } from './advance.ts';
import { Contest } from './contest.ts';
import { dispatchable, hasFreeInterpreter } from './interpreter.ts';
import type { Machine } from './machine.ts';
import { ThreadState, type Thread } from './thread.ts';
import { dispatch, startQuantum } from './transitions.ts';

/** The dispatch phase: first the user's picks, then who has to leave its CPU, then the idle CPUs take Ready threads. */
export class Dispatcher {
  readonly #machine: Machine;
  readonly #contest: Contest;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#contest = new Contest(machine);
  }

  /** Precondition: the tick's timers and wake-ups are done. */
  fillCpus(): void {
    this.#contest.pinned.fill(false);
    this.#usePicks();
    // Without a Ready thread nobody can be replaced, but quanta end and begin all the same.
    this.#contest.hold();
    this.fillIdle(0);
  }

  /**
   * No Ready thread waits beside an idle CPU; CPUs below `from` have had their step in this tick and stay as they are.
   * A thread that leaves its CPU again on its free way makes room for the next one.
   */
  fillIdle(from: number): void {
    const { cpus, ready } = this.#machine;
    while (ready.length > 0) {
      const cpu = cpus.indexOf(null, from);
      if (cpu < 0 || !this.#fill(cpu)) break;
    }
    this.#contest.winners.fill(null);
  }

  /** False: all that are Ready wait for their interpreter. */
  #fill(cpu: number): boolean {
    const machine = this.#machine;
    const { winners, choices } = this.#contest;
    const winner = winners[cpu] as Thread | null;
    winners[cpu] = null;
    let candidates = choices[cpu] as number;
    let thread = winner;
    // A thread that was chosen, too, may have left its CPU at once, and a sibling of this one have taken that.
    if (thread === null || thread.state !== ThreadState.READY || !hasFreeInterpreter(machine, thread)) {
      const threads = dispatchable(machine);
      if (threads.length === 0) return false;
      candidates = threads.length;
      thread = threads[machine.policy.choose(threads, machine.random)] as Thread;
    }
    if (candidates > 1) machine.log.pick(thread, cpu, candidates, false);
    this.#take(thread, cpu);
    return true;
  }

  #take(thread: Thread, cpu: number): void {
    dispatch(this.#machine, thread, cpu);
    if (!thread.atCheckpoint) goFreeWay(this.#machine, thread);
  }

  #usePicks(): void {
    const { book, table, tick } = this.#machine;
    for (;;) {
      const tid = book.takePick(tick);
      if (tid < 0) return;
      const thread = table.thread(tid as Thread['tid']);
      if (thread === undefined || !this.#usePick(thread)) book.refuseLastPick();
    }
  }

  /** False: the pick cannot be followed, because the thread is neither Ready nor Running, or all CPUs or its interpreter hold picks. */
  #usePick(thread: Thread): boolean {
    const { state } = thread;
    const { pinned } = this.#contest;
    if (state !== ThreadState.READY && state !== ThreadState.RUNNING) return false;
    if (state === ThreadState.READY && !this.#contest.hasRoom(thread)) return false;
    const machine = this.#machine;
    const candidates = this.#candidates();
    machine.log.input(InputKind.PICK, thread.tid, 0);
    const cpu = state === ThreadState.RUNNING ? thread.cpu : this.#contest.makeRoom(thread);
    if (candidates > 1) machine.log.pick(thread, cpu, candidates, true);
    if (state === ThreadState.READY) this.#take(thread, cpu);
    else startQuantum(thread);
    // It may have left the CPU again on its free way.
    pinned[cpu] = machine.cpus[cpu] === thread;
    return true;
  }

  /** Among how many a pick chooses: all that are Ready, and all Running ones that no pick holds. */
  #candidates(): number {
    const { cpus, ready } = this.#machine;
    let count = ready.length;
    for (let cpu = 0; cpu < cpus.length; cpu += 1) {
      if (cpus[cpu] !== null && this.#contest.pinned[cpu] !== true) count += 1;
    }
    return count;
  }
}
