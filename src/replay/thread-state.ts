import { Kind } from '../abi/record.ts';
import type { ThreadStateName } from './model.ts';

/** The five states as numbers, for typed arrays. NONE: the thread does not exist yet. */
export const ThreadState = { NONE: 0, NEW: 1, READY: 2, RUNNING: 3, BLOCKED: 4, TERMINATED: 5 } as const;
export type ThreadState = (typeof ThreadState)[keyof typeof ThreadState];

const NAMES: readonly ThreadStateName[] = ['New', 'New', 'Ready', 'Running', 'Blocked', 'Terminated'];

/** Precondition: not NONE. */
export function stateName(state: number): ThreadStateName {
  return NAMES[state] as ThreadStateName;
}

/** The state a record of this kind puts its thread into; NONE = the kind changes no state. */
export function stateAfter(kind: number): ThreadState {
  switch (kind) {
    case Kind.CREATED:
      return ThreadState.NEW;
    case Kind.READY:
    case Kind.PREEMPTED:
      return ThreadState.READY;
    case Kind.DISPATCHED:
      return ThreadState.RUNNING;
    case Kind.BLOCKED:
      return ThreadState.BLOCKED;
    case Kind.TERMINATED:
      return ThreadState.TERMINATED;
    default:
      return ThreadState.NONE;
  }
}
