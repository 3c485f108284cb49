import { PreemptCause } from '../../abi/record.ts';
import { noQuantum, noRank, sameLevel } from './choices.ts';
import { Stake, type Policy } from './policy.ts';

/** At every tick, uniformly among all that are Ready or Running: what finds races. */
export const random: Policy = {
  name: 'random',
  rank: noRank,
  quantum: noQuantum,
  stake: () => Stake.DEFENDS,
  choose: (candidates, generator) => generator.below(candidates.length),
  cause: () => PreemptCause.RANDOM,
  levelAfterStep: sameLevel,
};
