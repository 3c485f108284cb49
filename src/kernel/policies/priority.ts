import { PreemptCause } from '../../abi/record.ts';
import type { Ticks } from '../../base/units.ts';
import { lowestRank, sameLevel } from './choices.ts';
import { Stake, type Candidate, type Policy } from './policy.ts';

const rank = (thread: Candidate): number => thread.priority;

/** The most urgent thread (smallest number), preemptive; round robin among equals. */
export function priority(quantum: Ticks): Policy {
  return {
    name: 'priority',
    rank,
    quantum: () => quantum,
    stake: (running) => (running.used >= quantum ? Stake.EXPIRED : Stake.DEFENDS),
    choose: (candidates) => lowestRank(candidates, rank),
    cause: (loser, winner) => (winner.priority < loser.priority ? PreemptCause.PRIORITY : PreemptCause.QUANTUM),
    levelAfterStep: sameLevel,
  };
}
