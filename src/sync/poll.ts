import type { ObjectId } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { BlockReason } from '../abi/record.ts';
import { WaitResult } from '../abi/slot.ts';
import { bellOf, unwatch, watch } from '../abi/watch.ts';
import type { Port } from './port.ts';

/**
 * Waits for several things at once, as POSIX `poll`, on the calling thread's bell. Why no wake-up is lost is said in
 * abi/watch.ts: this registers, reads the bell, looks, and waits.
 */
export interface Awaited {
  /** Whose changes are announced. */
  readonly object: ObjectId;
  isReady(): boolean;
}

/** There is no room for another registration. */
export const NO_ROOM = null;

/** Waits until at least one is ready, for at most `ticks`; false = time is up. Nothing must be held. */
export function poll(port: Port, things: readonly Awaited[], ticks: Ticks): boolean | typeof NO_ROOM {
  if (things.some((thing) => thing.isReady())) return true;
  if (ticks <= 0) return false;
  const { memory } = port;
  const bell = bellOf(port.self);
  const rows: number[] = [];
  try {
    for (const { object } of things) {
      const row = watch(memory, object, bell);
      if (row === 0) return NO_ROOM;
      rows.push(row);
    }
    return waitForBell(port, things, bell, ticks);
  } finally {
    for (const row of rows) unwatch(memory, row);
  }
}

function waitForBell(port: Port, things: readonly Awaited[], bell: number, ticks: Ticks): boolean {
  const { words } = port.memory;
  const deadline = port.now() + ticks;
  const [first] = things;
  for (;;) {
    const rung = Atomics.load(words, bell);
    if (things.some((thing) => thing.isReady())) return true;
    const left = deadline - port.now();
    if (left <= 0) return false;
    const object = first?.object ?? port.self;
    if (port.wait(bell, rung, left, object, BlockReason.POLL) === WaitResult.TIMED_OUT) {
      return things.some((thing) => thing.isReady());
    }
  }
}
