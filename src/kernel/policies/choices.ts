import type { Ticks } from '../../base/units.ts';
import type { Candidate } from './policy.ts';

/** The parts that several policies share. */

export const first = (): number => 0;

export const sameLevel = (thread: Candidate): number => thread.level;

export const noRank = (): number => 0;

export const noQuantum = (): Ticks => 0;

/** The smallest rank; among equals the first in order. */
export function lowestRank(candidates: readonly Candidate[], rank: (thread: Candidate) => number): number {
  let best = 0;
  let bestRank = Infinity;
  for (let index = 0; index < candidates.length; index += 1) {
    const candidateRank = rank(candidates[index] as Candidate);
    if (candidateRank < bestRank) {
      best = index;
      bestRank = candidateRank;
    }
  }
  return best;
}
