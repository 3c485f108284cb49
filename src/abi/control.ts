/**
 * Control words, grouped by who writes them. All are read and written with Atomics.
 */
export const Control = {
  // Written by the main thread while the kernel runs.
  /** Not 0: the kernel stops at the next step boundary. The kernel zeroes it when it has stopped. */
  PAUSE: 0,
  /** Records the reader has copied out of the log; a writer waits on it when the log is full. */
  LOG_TAKEN: 1,
  /** Live mode, in which the kernel answers no calls while it runs: `InputKind` of an input, 0 = none. Stored while it is 0, after
   *  INPUT_VALUE, then DOORBELL is rung; the kernel zeroes it when it has taken the input. */
  INPUT: 2,
  /** Live mode: what the input says (a pid, a size). */
  INPUT_VALUE: 3,
  /** Workers that have certainly ended after they were stopped; then DOORBELL is rung. */
  ENDED_WORKERS: 4,

  // Written by the kernel.
  /** `Mode`. */
  MODE: 8,
  /** `StepBy`. */
  STEP_BY: 9,
  /** The tick, in stepped mode. */
  TICK: 10,
  /** Not 0: hosts write no log records (the launcher runs, or a bench wants bare primitives). */
  LOG_MUTED: 11,
  /** Counts runs; a host that sees another number than it started with belongs to a run that is over. */
  RUN: 12,
  /** Not 0: the Python engine logs no variables. */
  VARIABLES_MUTED: 29,
  /** Virtual CPUs of the run, what `cpuCount()` says. */
  CPUS: 13,
  /** The run's seed, out of which the Python engine makes what its processes take for chance. */
  SEED: 30,
  /** Live mode: milliseconds of the time origin, as two halves of a double. */
  TIME_ORIGIN_LOW: 14,
  TIME_ORIGIN_HIGH: 15,
  /** Live mode: how long a unit of work takes here (work.ts), in nanoseconds; 0 = not measured yet. Outlives the run. */
  WORK_UNIT_NS: 26,

  // Written by whoever holds the grant (stepped), by anyone with Atomics.add (live).
  /** Records reserved so far. */
  LOG_HEAD: 16,
  /** Bytes of the text store used so far. */
  TEXT_HEAD: 17,
  /** Object rows used so far. */
  OBJECT_HEAD: 18,
  /** Bytes of the heap that were ever used (abi/heap.ts). */
  HEAP_HEAD: 21,
  /** Guards HEAP_HEAD and the heap's lists of free blocks. */
  HEAP_GUARD: 22,
  /** Guards the descriptor table. */
  DESCRIPTORS_GUARD: 23,
  /** Rows of the descriptor table that were ever used. */
  DESCRIPTOR_HEAD: 24,
  /** Rows of the watch table that were ever used. */
  WATCH_HEAD: 25,
  /** Guards the watch table. */
  WATCHES_GUARD: 27,
  /** Guards the disk of the Python engine, which is in a buffer of its own (runtime/python/files/disk.ts). */
  DISK_GUARD: 28,
  /** Lines that somebody has typed, and that no process has read (abi/console.ts). */
  CONSOLE_FIRST: 40,
  CONSOLE_LAST: 41,
  CONSOLE_BELL: 42,
  CONSOLE_GUARD: 43,
  /** Live mode: hosts add 1 and notify when they have left a request; the kernel waits on it. */
  DOORBELL: 19,
  /** Live mode: not 0 when somebody is waiting for LOG_TAKEN to move. */
  LOG_WAITERS: 20,
} as const;

export const Mode = { STEPPED: 0, LIVE: 1 } as const;
export type Mode = (typeof Mode)[keyof typeof Mode];

/** What ends a step: every statement and every visible operation, or visible operations only; Python engine: every instruction. */
export const StepBy = { LINE: 0, OPERATION: 1, BYTECODE: 2 } as const;
export type StepBy = (typeof StepBy)[keyof typeof StepBy];
