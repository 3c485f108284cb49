import { RemoteTraceback } from './errors.ts';
import { str } from './format.ts';
import { functionAt, type ProgramModule } from './program.ts';
import { passOnFaults } from './uncatchable.ts';

/**
 * What CPython prints for an error that nobody caught, as far as it can be known: one frame, at the line of the last
 * statement that began.
 */
export function exitTraceback(module: ProgramModule, line: number, error: unknown): string {
  const frame = line === 0 ? '' : `  File "${module.file}", line ${line}, in ${functionAt(module, line)}\n`;
  return `${remoteTraceback(error)}Traceback (most recent call last):\n${frame}${lastLine(error)}\n`;
}

/** Where an error came from that was thrown in a pool's worker. */
function remoteTraceback(error: unknown): string {
  if (!(error instanceof Error) || !(error.cause instanceof RemoteTraceback)) return '';
  const { name, message } = error.cause;
  return (
    `multiprocessing.pool.${name}: ${message}\n\n` +
    'The above exception was the direct cause of the following exception:\n\n'
  );
}

/** The text of `make`, which may run the program's own code, and that may fail. @throws HostReset, InvariantError */
export function textOrFailure(make: () => string): string {
  try {
    return make();
  } catch (error) {
    passOnFaults(error);
    return '<exception str() failed>';
  }
}

function lastLine(error: unknown): string {
  if (!(error instanceof Error)) {
    return `TypeError: exceptions must derive from Error, not ${textOrFailure(() => str(error))}`;
  }
  const name = textOrFailure(() => `${error.name}`);
  const message = textOrFailure(() => `${error.message}`);
  return message === '' ? name : `${name}: ${message}`;
}
