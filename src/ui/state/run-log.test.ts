import { expect, it } from 'vitest';
import { randomRun } from '../../replay/random-run.fixture.ts';
import { derivedOf } from './derived.ts';
import { RunLog } from './run-log.ts';

/** A log of one run, in which the cursor rests here or there. */
function runLog(restsAtChoice: boolean): RunLog {
  const log = new RunLog();
  log.restart(2, restsAtChoice);
  const { words, count } = randomRun(5, 40).log;
  for (let n = 0; n < count; n += 1) {
    const [word0 = 0, time = 0, tid = 0, object = 0, a = 0, b = 0, c = 0] = words.subarray(n * 8);
    log.store.append(word0, time, tid, object, a, b, c);
  }
  return log;
}

it.each([false, true])('the cursor rests where the views think that it does, at a choice: %s', (restsAtChoice) => {
  const log = runLog(restsAtChoice);
  const { steps } = derivedOf(log.store);
  expect(steps.restsAtChoice).toBe(restsAtChoice);
  for (let n = log.start + 1; n <= log.records; n += 1) {
    expect(log.previousBoundary(n)).toBe(steps.previousBoundary(n));
    expect(log.nextBoundary(n) ?? n).toBe(steps.nextBoundary(n));
  }
  const rests = Array.from({ length: log.steps }, (_, step) => steps.boundary(step));
  expect(rests.every((record) => log.stepAt(record) === rests.indexOf(record))).toBe(true);
});

it('another run rests where that one is asked to', () => {
  const log = runLog(true);
  log.restart(1);
  expect(derivedOf(log.store).steps.restsAtChoice).toBe(false);
});
