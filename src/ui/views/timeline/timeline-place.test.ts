import { describe, expect, it } from 'vitest';
import { RunEnd } from '../../../abi/record.ts';
import { LogScript } from '../../../replay/log-script.fixture.ts';
import { randomRun } from '../../../replay/random-run.fixture.ts';
import { Spans } from '../../../replay/spans.ts';
import { StepIndex } from '../../../replay/steps.ts';
import { placeOf, recordAt, recordOfTick } from './timeline-place.ts';

function stepsOf(log: LogScript['log']): StepIndex {
  const steps = new StepIndex(log);
  steps.extend();
  return steps;
}

describe('the place of a record', () => {
  it('is at the end of a tick when all its records have happened', () => {
    const { log } = new LogScript().process(1).dispatch(1).line(1).at(1).line(1).at(2).line(1);
    const steps = stepsOf(log);
    expect([0, 3, 4, 5].map((record) => placeOf(log, steps, record))).toEqual([0, 1, 2, 3]);
  });

  it('is exactly 0 before the first step, however much of it has been prepared', () => {
    const { log } = new LogScript().process(1).process(2).ready(1).ready(2).dispatch(1).line(1).at(1).line(1);
    const steps = stepsOf(log);
    expect(placeOf(log, steps, steps.boundary(0))).toBe(0);
    expect(placeOf(log, steps, steps.lineOf(1))).toBe(0);
  });

  it('is at the last tick when the run ends in one without a step', () => {
    const { log } = new LogScript()
      .process(1)
      .dispatch(1)
      .line(1)
      .at(7)
      .ready(1)
      .dispatch(1)
      .terminate(1)
      .end(RunEnd.FINISHED);
    const steps = stepsOf(log);
    expect(placeOf(log, steps, log.count)).toBe(7);
    expect(recordAt(log, steps, 7)).toBe(log.count);
  });

  it('divides a tick among the CPUs', () => {
    const { log } = new LogScript().process(1).process(2).dispatch(1, 0).dispatch(2, 1).line(1, 1, 0).line(2, 1, 1);
    const steps = stepsOf(log);
    expect([0, 1, 2].map((step) => placeOf(log, steps, steps.boundary(step)))).toEqual([0, 0.5, 1]);
  });

  it('goes forward with every step, never back, and is nowhere past the end of the spans', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { log } = randomRun(seed);
      const steps = stepsOf(log);
      const spans = new Spans(log);
      spans.extend();
      let last = 0;
      for (let record = 1; record <= log.count; record += 1) {
        const place = placeOf(log, steps, record);
        expect(place).toBeGreaterThanOrEqual(last);
        expect(place).toBeGreaterThanOrEqual(log.tick(record - 1));
        expect(place).toBeLessThanOrEqual(Math.min(spans.end, log.tick(record - 1) + 1));
        last = place;
      }
      for (let step = 1; step <= steps.count; step += 1) {
        const place = placeOf(log, steps, steps.boundary(step));
        expect(place).toBeGreaterThan(placeOf(log, steps, steps.boundary(step - 1)));
      }
    }
  });
});

describe('the record at a time', () => {
  it('is the end of a step, and found again from its own place', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { log } = randomRun(seed);
      const steps = stepsOf(log);
      for (let step = 1; step <= steps.count; step += 1) {
        const record = steps.boundary(step);
        expect(recordAt(log, steps, placeOf(log, steps, record))).toBe(record);
      }
    }
  });

  it('is the nearest one, also where the clock has jumped', () => {
    const { log } = new LogScript().process(1).dispatch(1).line(1).at(50).line(1).at(51).line(1);
    const steps = stepsOf(log);
    expect(recordAt(log, steps, 10)).toBe(steps.boundary(1));
    expect(recordAt(log, steps, 45)).toBe(steps.boundary(2));
    expect(recordAt(log, steps, -3)).toBe(steps.boundary(0));
    expect(recordAt(log, steps, 1e9)).toBe(log.count);
  });
});

it('finds the first record of a tick', () => {
  const { log } = new LogScript().process(1).dispatch(1).line(1).at(5).line(1);
  expect(recordOfTick(log, 0)).toBe(0);
  expect(recordOfTick(log, 1)).toBe(3);
  expect(recordOfTick(log, 5)).toBe(3);
  expect(recordOfTick(log, 6)).toBe(4);
});
