import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockReason, EndCause } from '../abi/record.ts';
import { LogScript } from './log-script.fixture.ts';
import type { LogStore } from './log-store.ts';
import { measuresAt } from './measures.ts';
import type { Measures, ProcessMeasures } from './model.ts';
import { randomRun } from './random-run.fixture.ts';
import { Replay } from './replay.ts';
import { Spans } from './spans.ts';
import { ThreadState } from './thread-state.ts';
import { workload } from './workload.fixture.ts';

function measure(log: LogStore, record = log.count, cpus = 1): Measures {
  const replay = new Replay(log, cpus);
  replay.extend();
  return measuresAt(replay, record);
}

function average(measures: Measures, of: 'response' | 'turnaround' | 'waiting'): number {
  const values = measures.processes.map((process: ProcessMeasures) => process[of] ?? Number.NaN);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('measures equal the textbook’s', () => {
  it('round robin, quantum 1, jobs 3, 5, 2', () => {
    const measures = measure(workload([[3], [5], [2]], 1));
    expect(average(measures, 'response')).toBe(1);
    expect(average(measures, 'turnaround')).toBeCloseTo(7.67, 2);
    expect(average(measures, 'waiting')).toBeCloseTo(4.33, 2);
    expect(measures.run).toMatchObject({ ticks: 10, utilisation: 1, throughput: 30 });
  });

  it('first come first served, jobs 100, 10, 10: turnaround 110; shortest first: 50', () => {
    expect(average(measure(workload([[100], [10], [10]])), 'turnaround')).toBe(110);
    expect(average(measure(workload([[10], [10], [100]])), 'turnaround')).toBe(50);
  });

  it('first come first served with I/O: 31 ticks, CPU busy in 21, P0 Ready but not Running for ten', () => {
    const log = workload([[1, 5, 2, 5, 2, 5, 1], [5], [5], [5]]);
    const measures = measure(log);
    expect(measures.run.ticks).toBe(31);
    expect(measures.run.utilisation).toBeCloseTo(21 / 31, 10);
    expect(measures.run.switches).toBe(4);
    const [first] = measures.processes;
    expect(first).toEqual({
      pid: 1,
      name: 'P0',
      arrival: 0,
      response: 0,
      turnaround: 31,
      waiting: 10,
      blocked: 15,
      cpu: 6,
    });
    const spans = new Spans(log);
    spans.extend();
    // Ticks 7 to 16 of the book, which counts from 1.
    expect(spans.stateOf(1, spans.spanAt(1, 6))).toBe(ThreadState.READY);
    expect(spans.stateOf(1, spans.spanAt(1, 15))).toBe(ThreadState.READY);
    expect(spans.stateOf(1, spans.spanAt(1, 5))).toBe(ThreadState.BLOCKED);
    expect(spans.stateOf(1, spans.spanAt(1, 16))).toBe(ThreadState.RUNNING);
  });
});

describe('measures', () => {
  it('equal what one counts by looking at every thread once a tick', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { log, spent, cpus } = randomRun(seed);
        for (const process of measure(log, log.count, cpus).processes) {
          const { ready, blocked, cpu } = spent.get(process.pid) ?? {};
          expect([process.pid, process.waiting, process.blocked, process.cpu]).toEqual([
            process.pid,
            ready,
            blocked,
            cpu,
          ]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are known at every record, and count what is still going on', () => {
    const log = workload([[3], [5], [2]], 1);
    expect(measure(log, 3).processes).toEqual([]);
    const begun = measure(log, 6).processes;
    expect(begun.map((process) => process.arrival)).toEqual([0, 0, 0]);
    expect(begun.map((process) => process.response)).toEqual([null, null, null]);
    const half = measure(log, log.count >> 1);
    expect(half.processes.some((process) => process.turnaround === null)).toBe(true);
    expect(half.processes.reduce((sum, { cpu }) => sum + cpu, 0)).toBe(half.run.ticks * half.run.utilisation);
  });

  it('sum over the threads of a process, which ends with its last thread', () => {
    const script = new LogScript().process(1).thread(2, 1, 'Thread-1', 1).at(1).ready(1).ready(2);
    script.dispatch(1).line(1).terminate(1).at(2).dispatch(2).line(2).at(3).line(2);
    const running = measure(script.log).processes;
    expect(running).toMatchObject([{ arrival: 1, response: 0, turnaround: null, waiting: 1, cpu: 3 }]);
    script.terminate(2);
    expect(measure(script.log).processes[0]?.turnaround).toBe(3);
  });

  it('count a thread killed while it is Ready up to the tick of its end', () => {
    const script = new LogScript().process(1).ready(1).at(4).terminate(1, -1, EndCause.KILLED, -15);
    expect(measure(script.log).processes[0]).toMatchObject({ waiting: 4, cpu: 0, turnaround: 4, response: null });
  });

  it('take live times as they are', () => {
    const script = new LogScript().process(1).at(100).ready(1).at(130).dispatch(1).at(1130);
    script.block(1, BlockReason.SLEEP).at(2000).ready(1).at(2050).dispatch(1).at(2100).terminate(1);
    script.log.live = true;
    const [process] = measure(script.log).processes;
    expect(process).toMatchObject({
      arrival: 100,
      response: 30,
      turnaround: 2000,
      waiting: 80,
      blocked: 870,
      cpu: 1050,
    });
  });
});
