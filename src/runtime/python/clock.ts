import { MS_PER_TICK } from '../../base/units.ts';
import type { Turns } from './turns.ts';

/** What `time.time()` says when a stepped run begins: 2026-01-01 08:00 in UTC. No run depends on the day on which it is made. */
const EPOCH_MS = Date.UTC(2026, 0, 1, 8);

/** What the run's clock says, as milliseconds since 1970. */
export function timeMs(turns: Turns): number {
  return turns.live ? Date.now() : EPOCH_MS + turns.now() * MS_PER_TICK;
}

/** How long a look at the clock takes. */
const LOOK_MS = 0.001;

/**
 * From now on the interpreter of this worker sees the machine's clock, and no other: C asks these two functions. Within a tick each look
 * is a little later than the one before, as on any machine: the library has loops that end when a time is past, and not when it
 * is reached. Precondition: the worker does nothing else that needs the time.
 */
export function setClock(now: () => number): void {
  let tick = -1;
  let looks = 0;
  const elapsedMs = (): number => {
    looks = tick === now() ? looks + 1 : 0;
    tick = now();
    return tick * MS_PER_TICK + Math.min(looks * LOOK_MS, MS_PER_TICK / 2);
  };
  performance.now = elapsedMs;
  Date.now = () => EPOCH_MS + elapsedMs();
}
