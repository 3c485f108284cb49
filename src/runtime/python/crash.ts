import { InvariantError } from '../../base/invariant.ts';
import { EndCause } from '../../abi/record.ts';
import { Request } from '../../abi/slot.ts';
import { appendText } from '../../abi/text.ts';
import type { Machinery } from './machinery.ts';

/** Exit codes of a process that a signal has ended: below 0. */
const Signal = { ABORTED: -6, SEGMENTATION_FAULT: -11 } as const;

/** What the interpreter has died of, as CPython says it. */
export function wordsOf(error: unknown): string {
  const words = String(error);
  return isAbort(error) ? 'Aborted' : `Segmentation fault (${words})`;
}

/** C's `abort()` ends in an instruction that cannot be executed. */
function isAbort(error: unknown): boolean {
  return /unreachable|abort/i.test(String(error));
}

/**
 * Ends the process whose interpreter has come to its end: C has aborted, or touched memory that is not there, or used up the browser's stack
 * where CPython does not look. None of its threads can go on. Never returns.
 */
export function crash({ carrier, port }: Machinery, error: unknown): never {
  const code = isAbort(error) ? Signal.ABORTED : Signal.SEGMENTATION_FAULT;
  const words = wordsOf(error);
  if (carrier.current === carrier.slot) carrier.leave(code, appendText(port.memory, words), EndCause.RAISED);
  else carrier.hand(Request.KILL, port.pid, code, EndCause.RAISED);
  throw new InvariantError('who has ended does not go on', words);
}
