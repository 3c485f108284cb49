import type { MachineState } from '../../../replay/model.ts';
import type { Change } from './lit-arrows.ts';

/** The machine right after one change of state on the way to the one shown. */
export interface Passage {
  readonly machine: MachineState;
  readonly change: Pick<Change, 'tid' | 'from' | 'to'>;
}

/** More changes than this are not played one after the other. */
export const MOST_STAGES = 6;
/** A motion shorter than this is not seen: there is none then. */
export const SHORTEST_MOTION_MS = 60;
