import { PreemptCause } from '../../abi/record.ts';
import type { Ticks } from '../../base/units.ts';
import { first, noRank, sameLevel } from './choices.ts';
import { Stake, type Policy } from './policy.ts';

/** Round robin: first come, first served, and after a quantum behind everyone who is Ready by then. */
export function rr(quantum: Ticks): Policy {
  return {
    name: 'rr',
    rank: noRank,
    quantum: () => quantum,
    stake: (running) => (running.used >= quantum ? Stake.EXPIRED : Stake.KEEPS),
    choose: first,
    cause: () => PreemptCause.QUANTUM,
    levelAfterStep: sameLevel,
  };
}
