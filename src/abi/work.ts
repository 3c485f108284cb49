/**
 * What a live `compute` does for so long: work, not waiting for a clock. A thread that has no core does none of it, so n threads on
 * c cores take n ÷ c times as long as one alone.
 *
 * A unit is a search, by the engine's own `indexOf`, for a number that is not there. That is native code in every browser: it takes
 * as long in a new worker as in one that is warm, where a loop of our own runs fifty times slower until it is compiled (measured
 * in Chromium). It reads 16 KiB, which stay in the core's own cache, and makes no garbage.
 */
const NUMBERS = new Int32Array(4096);
const ABSENT = 1;
const SEARCHES = 16;

/** Some twenty microseconds on a machine of today, so that a thread that computes is never far from a checkpoint. */
export function doUnit(): void {
  let found = 0;
  for (let search = 0; search < SEARCHES; search += 1) found += NUMBERS.indexOf(ABSENT);
  // Looked at, so that no compiler takes the searches for useless.
  if (found !== -SEARCHES) throw new Error('what is not there was found');
}

const BATCH_UNITS = 16;
const BATCHES = 48;
/** While these are done, the core takes up its speed. */
const WARM_UP = 16;
const NS_PER_MS = 1_000_000;

/**
 * How long a unit takes on a core of its own, in nanoseconds; itself it takes some twenty milliseconds. `nowMs` has fractions. The
 * machine may be busy all the same: a batch that was interrupted took longer, and the lower quartile is of those that were not.
 */
export function measureUnit(nowMs: () => number): number {
  const spentMs: number[] = [];
  for (let batch = 0; batch < WARM_UP + BATCHES; batch += 1) {
    const begin = nowMs();
    for (let unit = 0; unit < BATCH_UNITS; unit += 1) doUnit();
    if (batch >= WARM_UP) spentMs.push(nowMs() - begin);
  }
  const quartile = spentMs.toSorted((a, b) => a - b)[BATCHES / 4] ?? 0;
  return Math.max(1, Math.round((quartile / BATCH_UNITS) * NS_PER_MS));
}

/** How many units are so many milliseconds of work. */
export function unitsOf(ms: number, unitNs: number): number {
  return Math.ceil((ms * NS_PER_MS) / unitNs);
}
