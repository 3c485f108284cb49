import { PreemptCause } from '../../abi/record.ts';
import { first, noQuantum, noRank, sameLevel } from './choices.ts';
import { Stake, type Policy } from './policy.ts';

/** First come, first served: whoever has been Ready longest, until it blocks or ends. */
export const fcfs: Policy = {
  name: 'fcfs',
  rank: noRank,
  quantum: noQuantum,
  stake: () => Stake.KEEPS,
  choose: first,
  cause: () => PreemptCause.PICK,
  levelAfterStep: sameLevel,
};
