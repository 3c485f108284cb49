import type { Tid } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';

export const POLICY_NAMES = ['fcfs', 'sjf', 'srtf', 'rr', 'priority', 'mlfq', 'lottery', 'random', 'manual'] as const;
export type PolicyName = (typeof POLICY_NAMES)[number];

/** Everything about the machine that a link can set. Ranges are in `MACHINE_RANGES`. */
export interface MachineConfig {
  readonly cpus: number;
  readonly policy: PolicyName;
  /** Ticks a thread may run before the next one's turn (rr, priority, lottery, mlfq's top level). */
  readonly quantum: Ticks;
  /** mlfq: number of levels. */
  readonly levels: number;
  /** mlfq: quanta a thread may use at one level before it is demoted; I/O does not reset the count. */
  readonly allotment: number;
  /** mlfq: ticks between two boosts; 0 = never. */
  readonly boost: Ticks;
  readonly seed: number;
}

export const MACHINE_RANGES = {
  cpus: { min: 1, max: 16 },
  quantum: { min: 1, max: 1000 },
  levels: { min: 1, max: 8 },
  allotment: { min: 1, max: 100 },
  boost: { min: 0, max: 100_000 },
  seed: { min: 0, max: 0x7fff_ffff },
} as const;

export const DEFAULT_MACHINE: MachineConfig = {
  cpus: 1,
  policy: 'rr',
  quantum: 2,
  levels: 3,
  allotment: 1,
  boost: 0,
  seed: 1,
};

/** The user's choice: at this tick, this thread is taken first. Several picks of one tick are used in order. */
export interface Pick {
  readonly tick: Ticks;
  readonly tid: Tid;
}

/** Something from outside, applied at the start of its tick. */
export type Input =
  | { readonly kind: 'kill'; readonly tick: Ticks; readonly pid: number }
  | { readonly kind: 'pool'; readonly tick: Ticks; readonly size: number }
  /** Without its end; null = the end of the file. */
  | { readonly kind: 'line'; readonly tick: Ticks; readonly text: string | null };

/** All that a stepped run is a function of. */
export interface Schedule {
  readonly picks: readonly Pick[];
  readonly inputs: readonly Input[];
}

export const NO_SCHEDULE: Schedule = { picks: [], inputs: [] };
