import { PreemptCause } from '../../abi/record.ts';
import { predictedBurst } from '../burst.ts';
import { lowestRank, noQuantum, sameLevel } from './choices.ts';
import { Stake, type Policy } from './policy.ts';

/** Shortest job first: the shortest next burst, as told or predicted; not preemptive. */
export const sjf: Policy = {
  name: 'sjf',
  rank: predictedBurst,
  quantum: noQuantum,
  stake: () => Stake.KEEPS,
  choose: (candidates) => lowestRank(candidates, predictedBurst),
  cause: () => PreemptCause.SHORTER,
  levelAfterStep: sameLevel,
};
