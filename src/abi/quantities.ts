/** What a series of runs can measure, one number a run. Times are ticks, of live runs milliseconds. */
export const QUANTITIES = [
  /** How long the run took. */
  'duration',
  /** Share of the CPUs' ticks in which a step was executed, in per cent. Stepped runs only. */
  'utilisation',
  /** Context switches. Stepped runs only. */
  'switches',
  /** Mean over the processes, as in `procession.metrics()`. */
  'waiting',
  'turnaround',
  'response',
  /** Mean time from the creation of a thread or process by another one to its first dispatch. */
  'start',
  /** Time from the first such creation to the end of the last of them. */
  'finish',
  /** Median time from being woken to running. */
  'wake',
  /** The last number in what the program has printed: milliseconds that it has measured itself. */
  'printed',
] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** Of whom `start`, `finish` and `wake` are measured. */
export type Measured = 'all' | 'processes' | 'threads';
