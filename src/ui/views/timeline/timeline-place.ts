import type { LogStore } from '../../../replay/log-store.ts';
import type { StepIndex } from '../../../replay/steps.ts';
import { clamp } from './timeline-layout.ts';

/**
 * Where the cursor stands in time. The records of a tick share its width evenly, so the place moves with every record, and
 * all that lies left of it has happened: behind the last record of tick t it stands at t + 1.
 */
export function placeOf(log: LogStore, record: number): number {
  const n = Math.min(record, log.count);
  if (n <= 0) return 0;
  const tick = log.tick(n - 1);
  if (log.live) return tick;
  const first = recordOfTick(log, tick);
  const next = recordOfTick(log, tick + 1);
  return tick + (n - first) / (next - first);
}

/** The end of a step whose place is nearest to `time`. */
export function recordAt(log: LogStore, steps: StepIndex, time: number): number {
  const tick = Math.floor(time);
  const first = recordOfTick(log, tick);
  const next = recordOfTick(log, tick + 1);
  const inside = log.live ? first : Math.round(first + (time - tick) * (next - first));
  const record = clamp(inside, steps.boundary(0), log.count);
  const before = steps.previousBoundary(record + 1);
  const after = steps.nextBoundary(record);
  return time - placeOf(log, before) <= placeOf(log, after) - time ? before : after;
}

/** The first record of this tick or a later one, else the end of the log. */
export function recordOfTick(log: LogStore, tick: number): number {
  let from = 0;
  let to = log.count;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (log.tick(middle) < tick) from = middle + 1;
    else to = middle;
  }
  return from;
}
