import { NO_OBJECT } from '../../../base/ids.ts';
import { Operation } from '../../../abi/record.ts';
import { NO_ROOM, poll } from '../../../sync/poll.ts';
import { current } from '../current.ts';
import { OSError } from '../errors.ts';
import { logCall, logDone, loggedTicks, outcomeOf, timeoutTicks } from '../operation.ts';
import { AWAIT, type Waitable } from './waitable.ts';

/**
 * `multiprocessing.connection.wait`: waits until at least one of them is ready, for at most `timeout` seconds; a connection is
 * when something can be received or nobody can send any more, a process when it has ended.
 * @returns those that are ready, in the order in which they were given; none when the time is up
 */
export function wait<T extends Waitable>(things: Iterable<T>, timeout: number | null = null): T[] {
  const { port } = current();
  const ticks = timeoutTicks(timeout);
  const awaited = Array.from(things, (thing) => ({ thing, ...thing[AWAIT](port) }));
  const object = awaited[0]?.object ?? NO_OBJECT;
  port.step();
  const isAnyReady = awaited.some(({ isReady }) => isReady());
  if (ticks > 0 && !isAnyReady) logCall(port, Operation.POLL, object, loggedTicks(ticks));
  const found = poll(port, awaited, ticks);
  if (found === NO_ROOM) throw new OSError('Cannot allocate memory', 12);
  const ready = awaited.filter(({ isReady }) => isReady()).map(({ thing }) => thing);
  logDone(port, Operation.POLL, object, outcomeOf(found, ticks > 0), ready.length);
  return ready;
}
