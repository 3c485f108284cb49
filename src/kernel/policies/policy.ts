import type { PolicyName } from '../../abi/config.ts';
import type { PreemptCause } from '../../abi/record.ts';
import type { Random } from '../../base/random.ts';
import type { Tid } from '../../base/ids.ts';
import type { Ticks } from '../../base/units.ts';

/** All that a policy may know of a thread. */
export interface Candidate {
  readonly tid: Tid;
  /** Smaller is more urgent. */
  readonly priority: number;
  /** Steps of the current quantum. */
  readonly used: Ticks;
  /** mlfq: 0 is the top. */
  readonly level: number;
  /** mlfq: steps at this level. */
  readonly levelUsed: Ticks;
  /** mlfq: moved down by its last step. */
  readonly demoted: boolean;
  readonly told: Ticks;
  readonly burstUsed: Ticks;
  readonly estimate: Ticks;
}

/** What a running thread has to fear at the start of a tick, if others are Ready. */
export const Stake = {
  /** Nothing: it keeps its CPU. */
  KEEPS: 0,
  /** A better one takes its CPU; an equal one does not. */
  DEFENDS: 1,
  /** Its turn is over: it competes behind everyone else of its rank. */
  EXPIRED: 2,
} as const;
export type Stake = (typeof Stake)[keyof typeof Stake];

/** A policy is a pure choice. It keeps no state of its own: all accounting is in the candidates. */
export interface Policy {
  readonly name: PolicyName;
  /** Smaller is dispatched first, equal ranks in order of arrival. Logged, so that replay can draw the queue. */
  rank(thread: Candidate): number;
  /** Ticks it may run before the next one's turn; 0: until it gives up the CPU itself. */
  quantum(thread: Candidate): Ticks;
  stake(running: Candidate): Stake;
  /**
   * Index of the one to run. Candidates are in order of preference among equals: those that defend their CPU, the Ready
   * ones as they arrived, those whose turn is over. Never empty.
   */
  choose(candidates: readonly Candidate[], random: Random): number;
  /** Why `loser` had to give its CPU to `winner`. */
  cause(loser: Candidate, winner: Candidate): PreemptCause;
  /** The level after a step that `thread` has just been charged for; only mlfq has more than one. */
  levelAfterStep(thread: Candidate): number;
}
