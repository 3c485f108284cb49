import { PreemptCause } from '../abi/record.ts';
import { interpreterHolder } from './interpreter.ts';
import type { Machine } from './machine.ts';
import { first } from './policies/choices.ts';
import { Stake } from './policies/policy.ts';
import { ThreadState, type Thread } from './thread.ts';
import { preempt, startQuantum } from './transitions.ts';

/**
 * Who has to leave its CPU at the start of a tick, and for whom.
 *
 * All who may be replaced and all who are Ready compete for the CPUs that can be had, the idle ones included: the
 * policy chooses as many times as there are such CPUs. A running thread that is chosen stays where it is; the others
 * give way to the Ready ones that were chosen. If nobody need go without a CPU there is no choice and no draw.
 */
export class Contest {
  /** By CPU: who was chosen for it, and among how many. Emptied as the CPUs are filled. */
  readonly winners: (Thread | null)[];
  readonly choices: number[];
  /** By CPU: its thread was picked by the user in this tick, and stays. */
  readonly pinned: boolean[];

  readonly #machine: Machine;
  readonly #candidates: Thread[] = [];
  readonly #losers: Thread[] = [];
  /** Who was chosen from the Ready queue, in order of choice, and among how many. */
  readonly #chosen: Thread[] = [];
  readonly #chosenAmong: number[] = [];

  constructor(machine: Machine) {
    this.#machine = machine;
    this.winners = machine.cpus.map(() => null);
    this.choices = machine.cpus.map(() => 0);
    this.pinned = machine.cpus.map(() => false);
  }

  hold(): void {
    if (!this.#anyAtStake() || this.#rotate()) return;
    const { cpus, ready } = this.#machine;
    const candidates = this.#candidates;
    candidates.length = 0;
    let seats = this.#gather(Stake.DEFENDS);
    for (const thread of ready.threads) if (!this.#lacksInterpreter(thread)) candidates.push(thread);
    seats += this.#gatherExpired();
    for (const thread of cpus) if (thread === null) seats += 1;
    if (candidates.length > seats || this.#anySiblings()) this.#choose(seats);
    else this.#letAllStay();
  }

  /** Its process's interpreter is held by a thread that keeps its CPU in this tick. */
  #lacksInterpreter(thread: Thread): boolean {
    const machine = this.#machine;
    const holder = interpreterHolder(machine, thread);
    return holder !== null && (this.pinned[holder.cpu] === true || machine.policy.stake(holder) === Stake.KEEPS);
  }

  /** Two candidates need the same interpreter: then there is a choice, however many CPUs there are. */
  #anySiblings(): boolean {
    if (this.#machine.spec.engine !== 'py') return false;
    const pids = this.#candidates.map(({ pid }) => pid);
    return new Set(pids).size < pids.length;
  }

  /**
   * The common case of round robin, without a copy of the Ready queue: one CPU, taken in order of arrival, so whoever has used
   * up its turn gives way to the first that is Ready. False: not this case, nothing has happened.
   */
  #rotate(): boolean {
    const { cpus, policy, ready } = this.#machine;
    const thread = cpus[0] as Thread | null;
    if (cpus.length > 1 || thread === null || ready.length === 0 || policy.choose !== first) return false;
    if (this.pinned[0] || policy.stake(thread) !== Stake.EXPIRED) return false;
    const winner = ready.threads[0] as Thread;
    this.winners[0] = winner;
    this.choices[0] = ready.length + 1;
    this.#giveWay(thread, winner);
    return true;
  }

  /** The common case of a tick in which everybody keeps its CPU, without a look at the Ready queue. */
  #anyAtStake(): boolean {
    const { cpus, policy } = this.#machine;
    for (let cpu = 0; cpu < cpus.length; cpu += 1) {
      const thread = cpus[cpu] as Thread | null;
      if (thread !== null && !this.pinned[cpu] && policy.stake(thread) !== Stake.KEEPS) return true;
    }
    return false;
  }

  /** Precondition of the order: among equals those that defend their CPU come before the Ready ones. */
  #gather(stake: Stake): number {
    const { cpus, policy } = this.#machine;
    const before = this.#candidates.length;
    for (let cpu = 0; cpu < cpus.length; cpu += 1) {
      const thread = cpus[cpu] as Thread | null;
      if (thread === null || this.pinned[cpu] || policy.stake(thread) !== stake) continue;
      this.#candidates.push(thread);
    }
    return this.#candidates.length - before;
  }

  /** Among equals whose turn is over, who has held its CPU longest goes last, or round robin on two CPUs is unfair. */
  #gatherExpired(): number {
    const candidates = this.#candidates;
    const before = candidates.length;
    const count = this.#gather(Stake.EXPIRED);
    for (let end = before + 1; end < candidates.length; end += 1) {
      const thread = candidates[end] as Thread;
      let at = end;
      while (at > before && (candidates[at - 1] as Thread).stint < thread.stint) {
        candidates[at] = candidates[at - 1] as Thread;
        at -= 1;
      }
      candidates[at] = thread;
    }
    return count;
  }

  #letAllStay(): void {
    for (const thread of this.#candidates) this.#renew(thread);
  }

  /** Nobody takes the place of a thread whose turn is over: it goes on with a new quantum, and no record. */
  #renew(thread: Thread): void {
    if (thread.state !== ThreadState.RUNNING) return;
    if (this.#machine.policy.stake(thread) === Stake.EXPIRED) startQuantum(thread);
  }

  #choose(seats: number): void {
    const { policy, random } = this.#machine;
    const candidates = this.#candidates;
    this.#chosen.length = 0;
    this.#chosenAmong.length = 0;
    this.#losers.length = 0;
    for (let seat = 0; seat < seats && candidates.length > 0; seat += 1) {
      const among = candidates.length;
      const index = policy.choose(candidates, random);
      const thread = candidates[index] as Thread;
      if (index === 0) candidates.shift();
      else candidates.splice(index, 1);
      this.#dropSiblings(thread);
      if (thread.state === ThreadState.RUNNING) {
        this.#renew(thread);
      } else {
        this.#chosen.push(thread);
        this.#chosenAmong.push(among);
      }
    }
    this.#replace();
  }

  /** Who needs the interpreter of the one that was chosen is no candidate any more. */
  #dropSiblings({ pid }: Thread): void {
    if (this.#machine.spec.engine !== 'py') return;
    const candidates = this.#candidates;
    for (let index = candidates.length - 1; index >= 0; index -= 1) {
      const other = candidates[index] as Thread;
      if (other.pid !== pid) continue;
      candidates.splice(index, 1);
      if (other.state === ThreadState.RUNNING) this.#losers.push(other);
    }
  }

  /**
   * Whoever is still a candidate and Running gives way, as who must give up its interpreter; the free CPUs go, in order, to the chosen
   * ones, but one that takes a sibling's interpreter takes its CPU with it.
   */
  #replace(): void {
    const losers = this.#losers;
    this.#seatSiblings();
    for (const thread of this.#candidates) if (thread.state === ThreadState.RUNNING) losers.push(thread);
    if (losers.length > 1) losers.sort((a, b) => a.tid - b.tid);
    const { cpus } = this.#machine;
    let next = 0;
    for (let cpu = 0; cpu < cpus.length; cpu += 1) {
      const thread = cpus[cpu] as Thread | null;
      if (this.winners[cpu] !== null || (thread !== null && !losers.includes(thread))) continue;
      this.winners[cpu] = this.#chosen[next] ?? null;
      this.choices[cpu] = this.#chosenAmong[next] ?? 0;
      next += 1;
    }
    for (const loser of losers) this.#giveWay(loser, this.winners[loser.cpu] as Thread);
  }

  #seatSiblings(): void {
    for (const { pid, cpu } of this.#losers) {
      const index = this.#chosen.findIndex((thread) => thread.pid === pid);
      this.winners[cpu] = this.#chosen[index] ?? null;
      this.choices[cpu] = this.#chosenAmong[index] ?? 0;
      this.#chosen.splice(index, 1);
      this.#chosenAmong.splice(index, 1);
    }
  }

  #giveWay(loser: Thread, winner: Thread): void {
    const { policy } = this.#machine;
    preempt(this.#machine, loser, policy.cause(loser, winner), winner.tid);
  }

  /** Whether picks leave a CPU for this one, and its interpreter. */
  hasRoom(pick: Thread): boolean {
    const holder = interpreterHolder(this.#machine, pick);
    return holder === null ? this.pinned.includes(false) : this.pinned[holder.cpu] !== true;
  }

  /**
   * The user's pick takes the CPU of the thread that holds its interpreter; else one that is idle; else the lowest that holds no other
   * pick. Precondition: `hasRoom`.
   */
  makeRoom(pick: Thread): number {
    const machine = this.#machine;
    const { cpus } = machine;
    const holder = interpreterHolder(machine, pick);
    if (holder === null && cpus.includes(null)) return cpus.indexOf(null);
    const cpu = holder?.cpu ?? this.pinned.indexOf(false);
    preempt(machine, cpus[cpu] as Thread, PreemptCause.PICK, pick.tid);
    return cpu;
  }
}
