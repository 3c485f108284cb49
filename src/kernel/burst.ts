import type { Ticks } from '../base/units.ts';

/**
 * What SJF and SRTF know of a thread's current CPU burst. Slot.BURST holds the ticks of CPU that the thread still needs
 * before it blocks, the next step included, or 0 if it does not know. A host may count it down or leave it at the
 * burst's length: the kernel counts the steps itself and takes the smaller of the two.
 */
export interface Burst {
  told: Ticks;
  burstUsed: number;
  estimate: Ticks;
}

/** Length of the next burst: as told, else by exponential averaging. At least 1. */
export function predictedBurst(burst: Readonly<Burst>): Ticks {
  return burst.told > 0 ? Math.max(1, burst.told - burst.burstUsed) : burst.estimate;
}

/** What is left of the current burst. At least 1. */
export function remainingBurst(burst: Readonly<Burst>): Ticks {
  return Math.max(1, (burst.told > 0 ? burst.told : burst.estimate) - burst.burstUsed);
}

/** The host is at a checkpoint and Slot.BURST says `word`. */
export function noteBurst(burst: Burst, word: Ticks): void {
  if (burst.burstUsed === 0) {
    if (word > 0) burst.told = word;
  } else if (word > 0 && (burst.told === 0 || word + burst.burstUsed < burst.told)) {
    burst.told = word + burst.burstUsed;
  }
}

/** The burst is over; `word` is what the host says of the next one. τ' = (τ + t) / 2, in whole ticks, halves up. */
export function endBurst(burst: Burst, word: Ticks): void {
  if (burst.burstUsed > 0) burst.estimate = (burst.estimate + burst.burstUsed + 1) >> 1;
  burst.burstUsed = 0;
  burst.told = word > 0 ? word : 0;
}
