/**
 * The words of the rows of a pool and of a result. What they mean is in sync/pool.ts and sync/result.ts; the kernel must know
 * some of them too: it changes the size of a pool, and says in a deadlock why nobody will ever have a result.
 */
export const PoolWord = {
  SIZE: 0,
  BELL: 1,
  /** `PoolPhase`. */
  PHASE: 2,
  OUTSTANDING: 3,
  SURPLUS: 4,
  FIRST: 5,
  LAST: 6,
  GUARD: 7,
  TASKS: 8,
  HANDLER: 9,
  STAFF: 10,
  LOST: 11,
} as const;

export const PoolPhase = { RUN: 0, CLOSED: 1, TERMINATED: 2 } as const;
export type PoolPhase = (typeof PoolPhase)[keyof typeof PoolPhase];

export const ResultWord = {
  STATE: 0,
  AVAILABLE: 1,
  TOTAL: 2,
  ARRIVED: 3,
  TABLE: 4,
  FORM: 5,
  FAILURE: 6,
  POOL: 7,
  CALLBACK: 8,
  ERROR_CALLBACK: 9,
  LOST: 10,
  TASK: 11,
} as const;
