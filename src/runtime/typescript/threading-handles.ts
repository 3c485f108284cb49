import type { ObjectId } from '../../base/ids.ts';
import { Handle } from './handle.ts';
import * as threading from './threading.ts';

/** Makes those handles that mean something only in the process that sent them. @throws TypeError for any other kind */
export function threadingHandleOf(
  kind: unknown,
  object: ObjectId,
  rest: readonly unknown[],
  lockOf: (parts: readonly unknown[]) => unknown,
): unknown {
  switch (kind) {
    case 'threading.Lock':
      return Handle.receive(object, () => new threading.Lock());
    case 'threading.RLock':
      return Handle.receive(object, () => new threading.RLock());
    case 'threading.Event':
      return Handle.receive(object, () => new threading.Event());
    case 'threading.Semaphore':
      return Handle.receive(object, () => new threading.Semaphore());
    case 'threading.BoundedSemaphore':
      return Handle.receive(object, () => new threading.BoundedSemaphore());
    case 'threading.Condition': {
      const lock = lockOf(rest) as threading.Lock | threading.RLock;
      return Handle.receive(object, () => new threading.Condition(lock));
    }
    case 'threading.Barrier': {
      const [parties, action, timeout] = rest as [number, string | null, number | null];
      return Handle.receive(object, () => threading.Barrier.ofNamed(parties, action, timeout));
    }
    case 'threading.Thread':
      return threading.Thread.of(object);
    case 'threading.local':
      return threading.local.of(object);
    default:
      throw new TypeError(`cannot unpickle '${String(kind)}' object`);
  }
}
