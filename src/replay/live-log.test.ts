import { describe, expect, it } from 'vitest';
import { BlockReason, InputKind, Kind, Operation, ReadyCause, RunEnd } from '../abi/record.ts';
import { Latencies, summaryOf } from './latencies.ts';
import { LogScript, prefixOf } from './log-script.fixture.ts';
import { PassedTime } from './passed-time.ts';
import { PoolSizes } from './pool-sizes.ts';
import { Replay } from './replay.ts';
import { StepIndex } from './steps.ts';

const NO_CPU = -1;

/** P1 starts P2, sleeps, is a little late, and is woken once more by P2; times are microseconds. */
function liveRun(): LogScript {
  const script = new LogScript();
  script.log.live = true;
  script.process(1).ready(1, ReadyCause.CREATED).at(100).dispatch(1, NO_CPU);
  script.at(150).process(2, 'P2', 1).ready(2, ReadyCause.CREATED);
  script.at(170).block(1, BlockReason.SLEEP, 0, 1170, NO_CPU, 7);
  script.at(250).dispatch(2, NO_CPU).at(300).call(2, Operation.ACQUIRE, 5).done(2, Operation.ACQUIRE, 5);
  // P1 says when it is back since when it was Ready.
  script.at(2000).print(2, 'late');
  script.at(1170).ready(1, ReadyCause.TIMER).at(1210).dispatch(1, NO_CPU);
  script.at(2100).block(1, BlockReason.LOCK, 5, -1, NO_CPU, 9);
  script.at(2200).woken(1, 5, 2).ready(1, ReadyCause.WOKEN, 0, 2).at(2206).dispatch(1, NO_CPU);
  script.at(2300).terminate(1, NO_CPU).terminate(2, NO_CPU).end(RunEnd.FINISHED);
  return script;
}

const extended = <Index extends { extend(): void }>(index: Index): Index => {
  index.extend();
  return index;
};

describe('a live run', () => {
  it('is stepped from one change of a state to the next, and its end belongs to the last', () => {
    const { log } = liveRun();
    const steps = extended(new StepIndex(log));
    const changes = Array.from({ length: log.count }, (_, n) => n).filter((n) =>
      [Kind.CREATED, Kind.READY, Kind.DISPATCHED, Kind.BLOCKED, Kind.TERMINATED].some((kind) => kind === log.kind(n)),
    );
    // The main process is there before the run begins.
    expect(steps.count).toBe(changes.length - 1);
    for (let step = 1; step <= steps.count; step += 1) {
      expect(steps.lineOf(step)).toBe(changes[step]);
      expect(steps.boundary(step)).toBe(changes[step + 1] ?? log.count);
      expect(steps.stepAt(steps.boundary(step))).toBe(step);
    }
    expect(steps.boundary(0)).toBe(1);
    expect(steps.nextBoundary(log.count)).toBe(log.count);
  });

  it('has the same boundaries when it is read piece by piece', () => {
    const { log } = liveRun();
    const whole = extended(new StepIndex(log));
    for (let n = 1; n < log.count; n += 1) {
      const prefix = prefixOf(log, n);
      prefix.live = true;
      const steps = extended(new StepIndex(prefix));
      for (let step = 0; step < steps.count; step += 1) expect(steps.boundary(step)).toBe(whole.boundary(step));
    }
  });

  it('shows Running without CPUs, and the line of the last call', () => {
    const { log } = liveRun();
    const machine = extended(new Replay(log)).at(10);
    expect(machine.live).toBe(true);
    expect(machine.threads.map(({ state, cpu, line }) => [state, cpu, line])).toEqual([
      ['Blocked', null, 7],
      ['Running', null, 1],
    ]);
  });

  it('has a clock that never goes back', () => {
    const { log } = liveRun();
    const passed = extended(new PassedTime(log));
    const times = Array.from({ length: log.count + 1 }, (_, n) => passed.after(n));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(passed.after(log.count)).toBe(2300);
    expect(passed.recordsBefore(151)).toBe(5);
  });
});

describe('the widths of Ready', () => {
  it('are the latencies of the start, and of each wake-up', () => {
    const { log } = liveRun();
    const latencies = extended(new Latencies(log));
    expect(latencies.at(log.count)).toEqual([
      { tid: 1, start: 100, wakes: { count: 2, min: 6, median: 23, max: 40 } },
      { tid: 2, start: 100, wakes: null },
    ]);
    expect(latencies.at(4)).toEqual([{ tid: 1, start: 100, wakes: null }]);
  });

  it('are summed up by their middle', () => {
    expect(summaryOf([])).toBeNull();
    expect(summaryOf([3])).toEqual({ count: 1, min: 3, median: 3, max: 3 });
    expect(summaryOf([9, 1, 5])?.median).toBe(5);
    expect(summaryOf([9, 1, 5, 7])?.median).toBe(6);
  });
});

it('a pool has the size that it was last given', () => {
  const script = new LogScript().process(1);
  const resize = (size: number): LogScript => script.record(Kind.INPUT, InputKind.POOL, NO_CPU, 0, 0, size);
  resize(3).print(1, 'x');
  resize(5);
  const sizes = extended(new PoolSizes(script.log));
  expect([0, 1, 2, 3, 4].map((record) => sizes.at(record))).toEqual([null, null, 3, 3, 5]);
});
