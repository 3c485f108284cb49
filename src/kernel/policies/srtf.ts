import { PreemptCause } from '../../abi/record.ts';
import { remainingBurst } from '../burst.ts';
import { lowestRank, noQuantum, sameLevel } from './choices.ts';
import { Stake, type Policy } from './policy.ts';

/** Shortest remaining time first: SJF that lets a shorter rest take the CPU. */
export const srtf: Policy = {
  name: 'srtf',
  rank: remainingBurst,
  quantum: noQuantum,
  stake: () => Stake.DEFENDS,
  choose: (candidates) => lowestRank(candidates, remainingBurst),
  cause: () => PreemptCause.SHORTER,
  levelAfterStep: sameLevel,
};
