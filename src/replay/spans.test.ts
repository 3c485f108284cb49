import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockReason } from '../abi/record.ts';
import { LogScript, prefixOf } from './log-script.fixture.ts';
import type { LogStore } from './log-store.ts';
import { measuresAt } from './measures.ts';
import { longRun, randomRun } from './random-run.fixture.ts';
import { Replay } from './replay.ts';
import { Spans } from './spans.ts';
import { stateName, ThreadState } from './thread-state.ts';

function spansOf(log: LogStore): Spans {
  const spans = new Spans(log);
  spans.extend();
  return spans;
}

interface Run {
  readonly x0: number;
  readonly x1: number;
  readonly state: ThreadState;
  readonly span: number;
}

function visible(spans: Spans, lane: number, t0: number, t1: number, pixels: number): Run[] {
  const runs: Run[] = [];
  spans.forEachVisible(lane, t0, t1, pixels, (x0, x1, state, span) => runs.push({ x0, x1, state, span }));
  return runs;
}

/** Time per state in [from, to), added up span by span. */
function slowTime(spans: Spans, lane: number, state: ThreadState, from: number, to: number): number {
  let time = 0;
  for (let span = 0; span < spans.countOf(lane); span += 1) {
    if (spans.stateOf(lane, span) !== state) continue;
    time += Math.max(0, Math.min(to, spans.endOf(lane, span)) - Math.max(from, spans.startOf(lane, span)));
  }
  return time;
}

describe('spans', () => {
  it('touch, ascend, are never empty, and begin with a record of the lane’s thread', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { log } = randomRun(seed);
        const spans = spansOf(log);
        for (let lane = 1; lane < spans.lanes; lane += 1) {
          for (let span = 0; span + 1 < spans.countOf(lane); span += 1) {
            expect(spans.startOf(lane, span)).toBeLessThan(spans.endOf(lane, span));
            expect(log.tid(spans.recordOf(lane, span))).toBe(lane);
          }
        }
      }),
    );
  });

  it('sum up to the measures', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { log } = randomRun(seed);
        const spans = spansOf(log);
        const replay = new Replay(log);
        replay.extend();
        for (const { pid, waiting, blocked } of measuresAt(replay, log.count).processes) {
          expect(spans.timeIn(pid, ThreadState.READY, 0, spans.end)).toBe(waiting);
          expect(spans.timeIn(pid, ThreadState.BLOCKED, 0, spans.end)).toBe(blocked);
        }
      }),
    );
  });

  it('agree with the machine: the last span of a lane is its thread’s state', () => {
    const { log } = randomRun(8);
    const replay = new Replay(log);
    replay.extend();
    for (let n = 1; n <= log.count; n += 3) {
      const spans = spansOf(prefixOf(log, n));
      for (const thread of replay.at(n).threads) {
        const last = spans.countOf(thread.tid) - 1;
        expect(stateName(spans.stateOf(thread.tid, last))).toBe(thread.state);
        expect(spans.startOf(thread.tid, last)).toBe(thread.since);
      }
    }
  });

  it('say the time in a state within any interval', () => {
    const spans = spansOf(longRun(4, 300).log);
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.integer({ min: 1, max: 4 }), (one, other, lane) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        for (const state of [ThreadState.READY, ThreadState.RUNNING, ThreadState.BLOCKED]) {
          expect(spans.timeIn(lane, state, from, to)).toBe(slowTime(spans, lane, state, from, to));
        }
      }),
    );
  });

  it('begin a tick after the step that fills it', () => {
    const script = new LogScript().process(1).ready(1).dispatch(1).line(1).at(1).line(1);
    script.block(1, BlockReason.IO, 7, 5).at(5).ready(1).at(6).dispatch(1).line(1).terminate(1);
    const spans = spansOf(script.log);
    const told = Array.from({ length: spans.countOf(1) }, (_, span) => [
      stateName(spans.stateOf(1, span)),
      spans.startOf(1, span),
      spans.endOf(1, span),
    ]);
    expect(told).toEqual([
      ['Running', 0, 2],
      ['Blocked', 2, 5],
      ['Ready', 5, 6],
      ['Running', 6, 7],
      ['Terminated', 7, 7],
    ]);
    expect([spans.causeOf(1, 1), spans.objectOf(1, 1)]).toEqual([BlockReason.IO, 7]);
    expect([spans.spanAt(1, -1), spans.spanAt(1, 1.9), spans.spanAt(1, 2), spans.spanAt(2, 0)]).toEqual([-1, 0, 1, -1]);
  });
});

describe('drawing', () => {
  const { log } = longRun(21, 2000);
  const spans = spansOf(log);

  it('covers each column of the lane once, from left to right, at any zoom', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1900, noNaN: true }),
        fc.double({ min: 0.01, max: 3000, noNaN: true }),
        fc.integer({ min: 1, max: 500 }),
        (t0, width, pixels) => {
          const runs = visible(spans, 1, t0, t0 + width, pixels);
          runs.forEach((run, i) => {
            expect(run.x1).toBeGreaterThan(run.x0);
            if (i > 0) expect(run.x0).toBe(runs[i - 1]?.x1);
            if (run.span >= 0) expect(spans.stateOf(1, run.span)).toBe(run.state);
          });
          expect(runs[0]?.x0).toBe(0);
          const columns = Math.ceil(((spans.end - t0) * pixels) / width);
          expect(Math.abs((runs.at(-1)?.x1 ?? 0) - Math.min(pixels, columns))).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('shows in each column the state with the most time', () => {
    for (const [t0, t1, pixels] of [
      [0, 2000, 37],
      [100, 700, 100],
      [3, 40, 200],
      [500, 501, 40],
    ] as const) {
      const perPixel = (t1 - t0) / pixels;
      for (const { x0, x1, state } of visible(spans, 2, t0, t1, pixels)) {
        for (let x = x0; x < x1; x += 1) {
          const [from, to] = [t0 + x * perPixel, t0 + (x + 1) * perPixel];
          const most = Math.max(
            ...[ThreadState.NEW, ThreadState.READY, ThreadState.RUNNING, ThreadState.BLOCKED].map((one) =>
              slowTime(spans, 2, one, from, to),
            ),
          );
          expect(slowTime(spans, 2, state, from, to)).toBeCloseTo(most, 6);
        }
      }
    }
  });

  it('gives one run for each span when spans are wider than columns', () => {
    const runs = visible(spans, 1, 0, 20, 400);
    const count = spans.spanAt(1, 19) - spans.spanAt(1, 0) + 1;
    expect(runs.map((run) => run.span)).toEqual(Array.from({ length: count }, (_, i) => spans.spanAt(1, 0) + i));
  });

  it('says the shares of each column', () => {
    const out = new Uint8Array(4 * 60);
    spans.fillShares(2, 0, 2400, 60, out);
    for (let x = 0; x < 60; x += 1) {
      const [from, to] = [x * 40, x * 40 + 40];
      const column = out.subarray(x * 4, x * 4 + 4);
      const width = Math.min(to, spans.end) - from;
      if (width <= 0) expect([...column]).toEqual([0, 0, 0, 0]);
      else {
        expect(column.reduce((sum, share) => sum + share, 0)).toBe(255);
        const running = (255 * slowTime(spans, 2, ThreadState.RUNNING, from, to)) / width;
        expect(Math.abs((column[1] ?? 0) - running)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('shows nothing before a thread exists, after the end, or on a lane without thread', () => {
    expect(visible(spans, 1, spans.end + 1, spans.end + 9, 100)).toEqual([]);
    expect(visible(spans, 99, 0, 9, 100)).toEqual([]);
    const late = spansOf(new LogScript().at(50).process(1).at(60).ready(1).at(100).end(1).log);
    expect(visible(late, 1, 0, 100, 10)).toEqual([
      { x0: 5, x1: 6, state: ThreadState.NEW, span: 0 },
      { x0: 6, x1: 10, state: ThreadState.READY, span: 1 },
    ]);
  });
});
