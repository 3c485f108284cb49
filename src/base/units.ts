/** Logical time, counted from 0: in one tick every CPU executes at most one step. */
export type Ticks = number;

/** For programs, this many ticks are one second. */
export const TICKS_PER_SECOND = 100;

/** Seconds as a program gives them, in whole ticks, rounded up so that nothing wakes too early. */
export function secondsToTicks(seconds: number): Ticks {
  // The subtraction keeps 0.07 * 100 = 7.000000000000001 from becoming 8.
  return Math.max(0, Math.ceil(seconds * TICKS_PER_SECOND - 1e-9));
}

export function ticksToSeconds(ticks: Ticks): number {
  return ticks / TICKS_PER_SECOND;
}

export const MS_PER_TICK = 1000 / TICKS_PER_SECOND;
