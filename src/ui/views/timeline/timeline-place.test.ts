import { describe, expect, it } from 'vitest';
import { LogScript } from '../../../replay/log-script.fixture.ts';
import { randomRun } from '../../../replay/random-run.fixture.ts';
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
    expect(placeOf(log, 0)).toBe(0);
    expect(placeOf(log, 3)).toBe(1);
    expect(placeOf(log, 4)).toBe(2);
    expect(placeOf(log, 5)).toBe(3);
  });

  it('goes forward with every record, and stays inside the tick of that record', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { log } = randomRun(seed);
      let last = 0;
      for (let record = 1; record <= log.count; record += 1) {
        const place = placeOf(log, record);
        expect(place).toBeGreaterThan(last);
        expect(place).toBeGreaterThan(log.tick(record - 1));
        expect(place).toBeLessThanOrEqual(log.tick(record - 1) + 1);
        last = place;
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
        expect(recordAt(log, steps, placeOf(log, record))).toBe(record);
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
