import { PreemptCause } from '../../abi/record.ts';
import type { Random } from '../../base/random.ts';
import type { Ticks } from '../../base/units.ts';
import { noRank, sameLevel } from './choices.ts';
import { Stake, type Candidate, type Policy } from './policy.ts';

const MOST_TICKETS = 1000;

/** 100 tickets at priority 0, ten less for each step of priority, at least 1 and at most 1000. */
export function ticketsOf(thread: Pick<Candidate, 'priority'>): number {
  return Math.min(MOST_TICKETS, Math.max(1, 100 - 10 * thread.priority));
}

function draw(candidates: readonly Candidate[], random: Random): number {
  let tickets = 0;
  for (const candidate of candidates) tickets += ticketsOf(candidate);
  let winning = random.below(tickets);
  for (let index = 0; index < candidates.length; index += 1) {
    winning -= ticketsOf(candidates[index] as Candidate);
    if (winning < 0) return index;
  }
  return candidates.length - 1;
}

/** Lottery (Waldspurger and Weihl 1994): a draw every quantum, in which the running thread takes part. */
export function lottery(quantum: Ticks): Policy {
  return {
    name: 'lottery',
    rank: noRank,
    quantum: () => quantum,
    stake: (running) => (running.used >= quantum ? Stake.EXPIRED : Stake.KEEPS),
    choose: draw,
    cause: () => PreemptCause.QUANTUM,
    levelAfterStep: sameLevel,
  };
}
