import { BlockReason } from '../../abi/record.ts';
import { ThreadKind } from '../../abi/slot.ts';
import type { Pid, Tid } from '../../base/ids.ts';
import type { MachineState, ThreadStateName, ThreadView } from '../../replay/model.ts';

/** A thread in `status()`. */
export interface ThreadStatus {
  readonly pid: Pid;
  readonly tid: Tid;
  readonly name: string;
  /** library: a thread that CPython's library has started for itself. */
  readonly kind: 'process' | 'thread' | 'library';
  readonly state: ThreadStateName;
  /** While Blocked: `sleep`, `io`, `lock`, `event`, `join`, `semaphore`, `condition`, `barrier`,
   *  `other`. */
  readonly reason?: string;
  /** While Blocked: the name of what it waits for. */
  readonly object?: string;
  readonly line?: number;
  /** Once Terminated. */
  readonly exitCode?: number;
}

const REASONS: Readonly<Record<BlockReason, string>> = {
  [BlockReason.SLEEP]: 'sleep',
  [BlockReason.IO]: 'io',
  [BlockReason.LOCK]: 'lock',
  [BlockReason.EVENT]: 'event',
  [BlockReason.JOIN]: 'join',
  [BlockReason.OTHER]: 'other',
  [BlockReason.SEMAPHORE]: 'semaphore',
  [BlockReason.CONDITION]: 'condition',
  [BlockReason.BARRIER]: 'barrier',
  [BlockReason.PIPE_EMPTY]: 'pipe-empty',
  [BlockReason.PIPE_FULL]: 'pipe-full',
  [BlockReason.RESULT]: 'result',
  [BlockReason.POLL]: 'poll',
  [BlockReason.INPUT]: 'input',
};

const KINDS = {
  [ThreadKind.PROCESS]: 'process',
  [ThreadKind.THREAD]: 'thread',
  [ThreadKind.LIBRARY]: 'library',
} as const;

export function threadStatus(thread: ThreadView, machine: MachineState): ThreadStatus {
  const { pid, tid, name, state, blocked, line, end } = thread;
  const object = blocked === null ? null : awaited(thread, machine);
  return {
    pid,
    tid,
    name,
    kind: KINDS[thread.kind],
    state,
    ...(blocked === null ? {} : { reason: REASONS[blocked.reason] }),
    ...(object === null ? {} : { object }),
    ...(line === null ? {} : { line }),
    ...(end === null ? {} : { exitCode: end.code }),
  };
}

function awaited({ blocked }: ThreadView, { objects, threads }: MachineState): string | null {
  const id = blocked?.object ?? null;
  if (id === null) return null;
  const object = objects.find((one) => one.id === id) ?? threads.find((one) => one.object === id);
  return object?.name ?? null;
}
