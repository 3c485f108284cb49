import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockReason, InputKind, Kind, Operation, RunEnd } from '../abi/record.ts';
import { LogScript } from './log-script.fixture.ts';
import { LogStore } from './log-store.ts';
import { randomRun } from './random-run.fixture.ts';
import { StepIndex } from './steps.ts';

function stepsOf(log: LogStore, restsAtChoice = false): StepIndex {
  const steps = new StepIndex(log);
  steps.restsAtChoice = restsAtChoice;
  steps.extend();
  return steps;
}

describe('boundaries of steps', () => {
  it('ascend strictly, hold one LINE each, and agree with stepAt', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { log } = randomRun(seed, 80);
        const steps = stepsOf(log);
        for (let step = 1; step <= steps.count; step += 1) {
          const from = steps.boundary(step - 1);
          const to = steps.boundary(step);
          expect(from).toBeLessThan(to);
          const kinds = Array.from({ length: to - from }, (_, i) => log.kind(from + i));
          expect(kinds.filter((kind) => kind === Kind.LINE)).toHaveLength(1);
          expect(steps.stepAt(to)).toBe(step);
          expect(steps.lineOf(step)).toBeLessThan(to);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('are where walking forward and back stops, from any record', () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, restsAtChoice) => {
        const { log } = randomRun(seed, 40);
        const steps = stepsOf(log, restsAtChoice);
        const stops = [...Array.from({ length: steps.count + 1 }, (_, step) => steps.boundary(step)), log.count];
        for (let n = 0; n <= log.count; n += 1) {
          expect(steps.nextBoundary(n)).toBe(stops.find((stop) => stop > n) ?? n);
          if (n > steps.boundary(0)) expect(steps.previousBoundary(n)).toBe(stops.findLast((stop) => stop < n));
          else expect(steps.previousBoundary(n)).toBe(n);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('do not change when the log grows, but for the open end', () => {
    const { log } = randomRun(3, 60);
    const growing = new LogStore();
    const steps = new StepIndex(growing);
    const whole = stepsOf(log);
    for (let n = 0; n < log.count; n += 1) {
      const [w0, time, tid] = log.words.subarray(n * 8);
      growing.append(w0 ?? 0, time ?? 0, tid ?? 0, 0, 0, 0, 0);
      steps.extend();
      const last = steps.count;
      expect(steps.boundary(last - 1)).toBe(last > 0 ? whole.boundary(last - 1) : steps.boundary(0));
    }
  });

  it('leave the dispatch and the free way of the next thread to the next step', () => {
    const script = new LogScript().process(1).process(2).ready(1).ready(2).dispatch(1).dispatch(2, 1);
    script.done(2, Operation.ACQUIRE, 5).line(1).call(1, Operation.SET, 6).woken(3, 6, 1).line(2, 1, 1);
    script.at(1).ready(3).end(RunEnd.LIMIT);
    const steps = stepsOf(script.log);
    expect([0, 1, 2].map((step) => steps.boundary(step))).toEqual([2, 10, 11]);
    expect(steps.nextBoundary(11)).toBe(13);
  });

  it('show the end of the run with the last step, and a tail without steps behind it', () => {
    const done = new LogScript().process(1).ready(1).dispatch(1).line(1).terminate(1).at(1).end(RunEnd.FINISHED);
    expect(stepsOf(done.log).boundary(1)).toBe(6);
    const slept = new LogScript().process(1).ready(1).dispatch(1).line(1).block(1, BlockReason.SLEEP, 0, 3);
    slept.at(3).ready(1).dispatch(1).terminate(1).end(RunEnd.FINISHED);
    const steps = stepsOf(slept.log);
    expect(steps.boundary(1)).toBe(5);
    expect(steps.nextBoundary(5)).toBe(9);
    expect(steps.previousBoundary(9)).toBe(5);
  });

  it('lead nowhere behind the last step while the run is not over', () => {
    const script = new LogScript().process(1).process(2).ready(1).dispatch(1).line(1).at(1).ready(2);
    expect(stepsOf(script.log).nextBoundary(5)).toBe(5);
    expect(stepsOf(script.end(RunEnd.LIMIT).log).nextBoundary(5)).toBe(7);
  });

  it('are before the wake-ups of the next tick, a choice is after them', () => {
    const script = new LogScript().process(1).process(2).ready(1).dispatch(1).line(1).at(1).ready(2);
    expect([0, 1].map((step) => stepsOf(script.log).boundary(step))).toEqual([2, 5]);
    expect([0, 1].map((step) => stepsOf(script.log, true).boundary(step))).toEqual([3, 6]);
    script.record(Kind.INPUT, InputKind.KILL, -1, 0, 0, 9).record(Kind.INPUT, InputKind.PICK, -1, 0, 0, 2);
    expect(stepsOf(script.log, true).boundary(1)).toBe(7);
  });

  it('begin with what exists before anything was dispatched', () => {
    expect(stepsOf(new LogScript().process(1).log).boundary(0)).toBe(1);
    expect(stepsOf(new LogStore()).boundary(0)).toBe(0);
  });
});
