import { NO_OBJECT } from '../../base/ids.ts';
import { Kind, Stream } from '../../abi/record.ts';
import { appendText } from '../../abi/text.ts';
import type { Machinery } from './machinery.ts';

const Signal = { ABORTED: 6, SEGMENTATION_FAULT: 11 } as const;

/** C's `abort()` ends in an instruction that cannot be executed. */
function isAbort(error: unknown): boolean {
  return /unreachable|abort/i.test(String(error));
}

/**
 * The signal as of which a process ends whose interpreter has broken: C has aborted, or touched memory that is not there, or used up the
 * browser's stack where CPython does not look.
 */
export function signalOf(error: unknown): number {
  return isAbort(error) ? Signal.ABORTED : Signal.SEGMENTATION_FAULT;
}

/** What it has died of, as CPython says it. */
export function wordsOf(error: unknown): string {
  return `Fatal Python error: ${isAbort(error) ? 'Aborted' : `Segmentation fault (${String(error)})`}\n\n`;
}

/** Ends the process for an error of the engine's own part of it. */
export function crash({ carrier, port }: Machinery, error: unknown): never {
  const text = appendText(port.memory, `Fatal Python error: ${String(error)}\n`);
  port.log(Kind.PRINT, Stream.STDERR, NO_OBJECT, text, 0, 0);
  return carrier.die(Signal.ABORTED);
}
