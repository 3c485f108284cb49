/** Logical time, counted from 0: in one tick every CPU executes at most one step. */
export type Ticks = number;

/** For programs, this many ticks are one second. */
export const TICKS_PER_SECOND = 100;

export const MS_PER_TICK = 1000 / TICKS_PER_SECOND;
