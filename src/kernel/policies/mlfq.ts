import { PreemptCause } from '../../abi/record.ts';
import type { MachineConfig } from '../../abi/config.ts';
import type { Ticks } from '../../base/units.ts';
import { lowestRank } from './choices.ts';
import { Stake, type Candidate, type Policy } from './policy.ts';

const rank = (thread: Candidate): number => thread.level;

/**
 * Multi-level feedback queue, the five rules of Arpaci-Dusseau, "Operating Systems: Three Easy Pieces", chapter 8:
 *
 *   1  a higher level runs before a lower one (preemptive)
 *   2  round robin within a level, with the level's own quantum: quantum × 2^level
 *   3  a new thread starts at the top
 *   4  a thread that has used up its allotment at a level, however often it gave up the CPU meanwhile, moves down
 *   5  every `boost` ticks all threads move to the top (`tick.ts` does it, since it is the clock that orders it)
 */
export function mlfq(config: Pick<MachineConfig, 'quantum' | 'levels' | 'allotment'>): Policy {
  const bottom = config.levels - 1;
  const quantumAt = (level: number): Ticks => config.quantum * 2 ** level;
  return {
    name: 'mlfq',
    rank,
    quantum: (thread) => quantumAt(thread.level),
    stake: (running) => (running.demoted || running.used >= quantumAt(running.level) ? Stake.EXPIRED : Stake.DEFENDS),
    choose: (candidates) => lowestRank(candidates, rank),
    cause: (loser, winner) => {
      if (loser.demoted) return PreemptCause.DEMOTED;
      return winner.level < loser.level ? PreemptCause.PRIORITY : PreemptCause.QUANTUM;
    },
    levelAfterStep: (thread) => {
      const usedUp = thread.levelUsed >= config.allotment * quantumAt(thread.level);
      return usedUp ? Math.min(thread.level + 1, bottom) : thread.level;
    },
  };
}
