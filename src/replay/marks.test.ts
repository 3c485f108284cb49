import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kind, Operation, Outcome } from '../abi/record.ts';
import { LogScript } from './log-script.fixture.ts';
import type { LogStore } from './log-store.ts';
import { Mark, Marks } from './marks.ts';
import { longRun } from './random-run.fixture.ts';

function marksOf(log: LogStore): Marks {
  const marks = new Marks(log);
  marks.extend();
  return marks;
}

describe('marks', () => {
  it('are made for what succeeded, on the lane of who did it, with tick and record', () => {
    const script = new LogScript().process(1).process(2).at(4).done(1, Operation.ACQUIRE, 5);
    script.done(2, Operation.ACQUIRE, 5, Outcome.FALSE).at(6).done(1, Operation.RELEASE, 5).print(1, 'x');
    script.store(1, 7, 1, Kind.LOAD).store(1, 7, 2).done(1, Operation.SET, 8).done(1, Operation.CLEAR, 8);
    script.record(Kind.SEND, 0, -1, 2, 9, 8, 1).record(Kind.RECEIVE, 0, -1, 2, 9, 8, 0);
    const marks = marksOf(script.log);
    const told = (lane: number): number[][] =>
      Array.from({ length: marks.countOf(lane) }, (_, i) => [
        marks.kindOf(lane, i),
        marks.tickOf(lane, i),
        marks.recordOf(lane, i),
      ]);
    expect(told(1)).toEqual([
      [Mark.ACQUIRE, 4, 2],
      [Mark.RELEASE, 6, 4],
      [Mark.PRINT, 6, 5],
      [Mark.LOAD, 6, 6],
      [Mark.STORE, 6, 7],
      [Mark.SET, 6, 8],
      [Mark.CLEAR, 6, 9],
    ]);
    expect(told(2).map(([kind]) => kind)).toEqual([Mark.SEND, Mark.RECEIVE]);
  });

  it('are all counted once, in columns from left to right, at any zoom', () => {
    const marks = marksOf(longRun(6, 800).log);
    fc.assert(
      fc.property(fc.nat(800), fc.double({ min: 0.5, max: 900, noNaN: true }), fc.nat(300), (t0, width, more) => {
        const pixels = more + 1;
        let seen = 0;
        let last = -1;
        marks.forEachVisible(1, t0, t0 + width, pixels, (x, kind, record, count) => {
          expect(x).toBeGreaterThan(last);
          expect(x).toBeLessThan(pixels);
          expect(record).toBeGreaterThanOrEqual(0);
          expect(kind).not.toBe(Mark.NONE);
          last = x;
          seen += count;
        });
        const ticks = Array.from({ length: marks.countOf(1) }, (_, i) => marks.tickOf(1, i));
        expect(seen).toBe(ticks.filter((tick) => tick >= t0 && tick < t0 + width).length);
      }),
    );
  });
});
