import { asObjectId, NO_OBJECT, type ObjectId } from '../../../base/ids.ts';
import { Control } from '../../../abi/control.ts';
import { objectAt } from '../../../abi/layout.ts';
import { MAX_OBJECTS } from '../../../abi/limits.ts';
import { ObjectKind, ObjectWord } from '../../../abi/objects.ts';
import { Operation, Outcome } from '../../../abi/record.ts';
import { peek } from '../../../abi/words.ts';
import { exitCode, join } from '../../../sync/exit-word.ts';
import { handlerOf, moveTo, Phase, ring } from '../../../sync/pool.ts';
import { FOREVER, type Port } from '../../../sync/port.ts';
import { logCall, logDone } from '../operation.ts';
import { endStaff } from './staff.ts';

/**
 * Has the handler end the workers, and waits until it has ended itself. In a callback the caller is the handler: then it ends
 * the workers at once, and itself when it is back. Takes no step of its own.
 */
export function terminate(port: Port, pool: ObjectId): void {
  logCall(port, Operation.TERMINATE, pool);
  if (moveTo(port, pool, Phase.TERMINATED)) ring(port, pool);
  const handler = handlerOf(port, pool);
  if (handler === port.self) endStaff(port, pool);
  else if (handler !== NO_OBJECT) join(port, handler, FOREVER);
  logDone(port, Operation.TERMINATE, pool, Outcome.OK);
}

/**
 * What `multiprocessing` does at the end of a process with the pools that it has made and that still live. Before their workers
 * are ended as daemons, or the handler would put others in their place.
 */
export function terminatePools(port: Port): void {
  const { words } = port.memory;
  const rows = Math.min(Atomics.load(words, Control.OBJECT_HEAD), MAX_OBJECTS - 1);
  for (let id = 1; id <= rows; id += 1) {
    const pool = asObjectId(id);
    const at = objectAt(pool);
    if (peek(words, at + ObjectWord.KIND) !== ObjectKind.POOL || peek(words, at + ObjectWord.OWNER) !== port.pid)
      continue;
    const handler = handlerOf(port, pool);
    if (handler !== NO_OBJECT && exitCode(port, handler) === null) terminate(port, pool);
  }
}
