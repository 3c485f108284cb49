import { str } from './format.ts';
import { functionAt, type ProgramModule } from './program.ts';

/**
 * What CPython prints for an error that nobody caught, as far as it can be known: one frame, at the line of the last
 * statement that began.
 */
export function exitTraceback(module: ProgramModule, line: number, error: unknown): string {
  const frame = line === 0 ? '' : `  File "${module.file}", line ${line}, in ${functionAt(module, line)}\n`;
  return `Traceback (most recent call last):\n${frame}${lastLine(error)}\n`;
}

function lastLine(error: unknown): string {
  if (!(error instanceof Error)) return `TypeError: exceptions must derive from Error, not ${str(error)}`;
  return error.message === '' ? error.name : `${error.name}: ${error.message}`;
}
