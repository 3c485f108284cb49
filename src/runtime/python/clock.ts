import { MS_PER_TICK } from '../../base/units.ts';

/** What `time.time()` says when a stepped run begins: 2026-01-01 08:00 in UTC. No run depends on the day on which it is made. */
const EPOCH_MS = Date.UTC(2026, 0, 1, 8);

/** The machine's clock, as milliseconds since 1970. */
export function timeMs(now: number): number {
  return EPOCH_MS + now * MS_PER_TICK;
}

/**
 * From now on the interpreter of this worker sees the machine's clock, and no other: C asks these two functions. Precondition: the
 * worker does nothing else that needs the time.
 */
export function setClock(now: () => number): void {
  const elapsedMs = (): number => now() * MS_PER_TICK;
  performance.now = elapsedMs;
  Date.now = () => timeMs(now());
}
