import type { ObjectId } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { BlockReason } from '../abi/record.ts';
import { WaitResult } from '../abi/slot.ts';
import type { Port } from './port.ts';

/**
 * The end of a process or thread, as others see it.
 *
 *   word EXITED   0 → 1    the kernel, once, after it has stored CODE; it then wakes all waiters
 *   word CODE              exit code, as `Process.exitcode`
 *
 * Zeroed by the object table when the row is taken; nothing must be held. No wake-up is lost: EXITED changes only once,
 * waiters wait for 0 to change, and the wake follows the change.
 */
const EXITED = 0;
const CODE = 1;

/** The exit code, or null while it lives. */
export function exitCode(port: Port, thread: ObjectId): number | null {
  const { words } = port.memory;
  return Atomics.load(words, stateWordOf(thread, EXITED)) === 0 ? null : Atomics.load(words, stateWordOf(thread, CODE));
}

/** Waits for the end, for at most `ticks`; false = time is up and it still lives. */
export function join(port: Port, thread: ObjectId, ticks: Ticks): boolean {
  const deadline = port.now() + ticks;
  while (exitCode(port, thread) === null) {
    const left = deadline - port.now();
    if (left <= 0) return false;
    const result = port.wait(stateWordOf(thread, EXITED), 0, left, thread, BlockReason.JOIN);
    if (result === WaitResult.TIMED_OUT) return exitCode(port, thread) !== null;
  }
  return true;
}
