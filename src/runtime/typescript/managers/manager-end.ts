import { asObjectId, type ObjectId } from '../../../base/ids.ts';
import { TICKS_PER_SECOND } from '../../../base/units.ts';
import { Control } from '../../../abi/control.ts';
import { ExitCode } from '../../../abi/exit-code.ts';
import { objectAt } from '../../../abi/layout.ts';
import { MAX_OBJECTS } from '../../../abi/limits.ts';
import { ObjectKind, ObjectWord } from '../../../abi/objects.ts';
import { EndCause, Operation, Outcome } from '../../../abi/record.ts';
import { peek } from '../../../abi/words.ts';
import { exitCode, join } from '../../../sync/exit-word.ts';
import { FOREVER, type Port } from '../../../sync/port.ts';
import { EOFError, OSError } from '../errors.ts';
import { logCall, logDone } from '../operation.ts';
import { pidOf, serverOf, setOver } from './address.ts';
import { ask } from './client.ts';

/** How long a server may take to end before it is terminated. */
const PATIENCE = TICKS_PER_SECOND;

/** Ends a manager's server, and waits until it has ended. Nothing happens if that was done before. */
export function shutdown(port: Port, manager: ObjectId): void {
  if (!setOver(port, manager)) return;
  try {
    ask(manager, manager, 'shutdown');
  } catch (error) {
    // It has ended already.
    if (!(error instanceof OSError || error instanceof EOFError)) throw error;
  }
  const server = serverOf(port, manager);
  logCall(port, Operation.JOIN, server, PATIENCE);
  if (!join(port, server, PATIENCE)) {
    port.kill(pidOf(port, manager), ExitCode.SIGTERM, EndCause.KILLED);
    join(port, server, FOREVER);
  }
  logDone(port, Operation.JOIN, server, Outcome.OK, exitCode(port, server) ?? 0);
}

/** What `multiprocessing` does at the end of a process with the managers that it has made and that still live. */
export function shutdownManagers(port: Port): void {
  const { words } = port.memory;
  const rows = Math.min(Atomics.load(words, Control.OBJECT_HEAD), MAX_OBJECTS - 1);
  for (let id = 1; id <= rows; id += 1) {
    const at = objectAt(asObjectId(id));
    if (peek(words, at + ObjectWord.KIND) !== ObjectKind.MANAGER) continue;
    if (peek(words, at + ObjectWord.OWNER) !== port.pid || pidOf(port, asObjectId(id)) === 0) continue;
    shutdown(port, asObjectId(id));
  }
}
