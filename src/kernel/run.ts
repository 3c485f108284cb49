import type { Tid } from '../base/ids.ts';
import type { KernelStatus, RunUntil } from '../abi/remote.ts';

/** A loaded program under way, in one of the two modes. */
export interface Run {
  readonly status: KernelStatus;
  run(until: RunUntil): KernelStatus;
  /** @throws Error when the thread is neither Ready nor Running. */
  pick(tid: Tid): KernelStatus;
  /** @throws Error when there is no such process. */
  kill(pid: number): KernelStatus;
  /** @throws Error when the program has no pool. */
  resizePool(size: number): KernelStatus;
  /** @throws Error when the run is over. */
  typeLine(line: string | null): KernelStatus;
}
