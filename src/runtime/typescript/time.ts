import { NO_OBJECT } from '../../base/ids.ts';
import { TICKS_PER_SECOND, type Ticks } from '../../base/units.ts';
import { MAX_TICKS } from '../../abi/limits.ts';
import { BlockReason, Operation, Outcome } from '../../abi/record.ts';
import { current } from './current.ts';
import { OverflowError, ValueError } from './errors.ts';
import { logCall, logDone, loggedTicks } from './operation.ts';

/** @throws TypeError, ValueError when it is no length of time. */
export function checkedTicks(what: string, ticks: number): Ticks {
  if (typeof ticks !== 'number' || Number.isNaN(ticks)) throw new TypeError(`${what} must be a number`);
  if (ticks < 0) throw new ValueError(`${what} must be non-negative`);
  return ticks;
}

/** @throws OverflowError, in CPython's words, when the clock does not last that long. */
export function refuseOverflow(ticks: Ticks): Ticks {
  if (ticks > MAX_TICKS) throw new OverflowError('timestamp too large to convert to C PyTime_t');
  return ticks;
}

/** `time.sleep`: Blocked for so many seconds; a second is 100 ticks. */
export function sleep(seconds: number): void {
  const { port } = current();
  const ticks = refuseOverflow(checkedTicks('sleep length', seconds) * TICKS_PER_SECOND);
  port.step();
  logCall(port, Operation.SLEEP, NO_OBJECT, loggedTicks(ticks));
  port.sleep(ticks, NO_OBJECT, BlockReason.SLEEP);
  logDone(port, Operation.SLEEP, NO_OBJECT, Outcome.OK);
}

/** `time.perf_counter`: seconds since the run began. In stepped mode a tick is a hundredth, and nothing else takes time. */
export function perfCounter(): number {
  return current().port.now() / TICKS_PER_SECOND;
}

/** A simulated device is at work for so many ticks, and the process Blocked. `next`: ticks of CPU needed after it, if known. */
export function io(ticks: Ticks, next: Ticks = 0): void {
  const { port } = current();
  refuseOverflow(checkedTicks('the length of an I/O', ticks));
  port.step(true);
  logCall(port, Operation.IO, NO_OBJECT, loggedTicks(ticks));
  port.expectBurst(next);
  port.sleep(ticks, NO_OBJECT, BlockReason.IO);
  logDone(port, Operation.IO, NO_OBJECT, Outcome.OK);
}

/** Computes for so many ticks: Running while it has a CPU, Ready while it has none. */
export function compute(ticks: Ticks): void {
  current().port.compute(refuseOverflow(checkedTicks('the length of a computation', ticks)));
}
