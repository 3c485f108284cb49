import type { LogStore } from '../../../replay/log-store.ts';
import { PassedTime } from '../../../replay/passed-time.ts';
import type { StepIndex } from '../../../replay/steps.ts';
import { derivedOf } from '../../state/derived.ts';
import { clamp } from './timeline-layout.ts';

/**
 * Where the cursor stands in time. The steps of a tick share its width evenly, and the records of a step its share: all
 * that lies left of the place has happened. What is done between steps takes no width, so nothing has happened at 0, and
 * the end of a run that comes in a tick without a step stands at that tick.
 */
export function placeOf(log: LogStore, steps: StepIndex, record: number): number {
  const n = Math.min(record, log.count);
  if (n <= 0) return 0;
  const tick = log.tick(n - 1);
  if (log.live) return passed(log).after(n);
  const { before, count } = stepsIn(log, steps, tick);
  const step = steps.stepAt(n);
  if (step <= before) return tick;
  const line = steps.lineOf(step);
  const done = Math.min(1, (n - line) / (steps.boundary(step) - line));
  return tick + (step - before - 1 + done) / count;
}

/** The end of a step whose place is nearest to `time`. */
export function recordAt(log: LogStore, steps: StepIndex, time: number): number {
  const before = log.live ? recordBefore(log, steps, time) : steps.boundary(stepBefore(log, steps, time));
  const after = steps.nextBoundary(before);
  return time - placeOf(log, steps, before) <= placeOf(log, steps, after) - time ? before : after;
}

/** The last step that is over at `time`. */
function stepBefore(log: LogStore, steps: StepIndex, time: number): number {
  const tick = Math.floor(time);
  const { before, count } = stepsIn(log, steps, tick);
  // Half of a thousandth: the place of a step, being a quotient, must lead back to it.
  return clamp(before + Math.floor((time - tick) * count + 0.0005), 0, steps.count);
}

function recordBefore(log: LogStore, steps: StepIndex, time: number): number {
  const record = clamp(recordOfTick(log, Math.floor(time)), steps.boundary(0), log.count);
  return steps.previousBoundary(record + 1);
}

/** Steps of the run before this tick, and in it. */
function stepsIn(log: LogStore, steps: StepIndex, tick: number): { readonly before: number; readonly count: number } {
  const before = steps.stepAt(recordOfTick(log, tick));
  return { before, count: steps.stepAt(recordOfTick(log, tick + 1)) - before };
}

/** The first record of this tick or a later one, else the end of the log. */
export function recordOfTick(log: LogStore, tick: number): number {
  if (log.live) return passed(log).recordsBefore(tick);
  let from = 0;
  let to = log.count;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (log.tick(middle) < tick) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The clock of a live run; its records are not quite in the order of their times. */
function passed(log: LogStore): PassedTime {
  return derivedOf(log).of(PassedTime);
}
