import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutPlot, marksUpTo } from './plot-layout.ts';

const labelWidth = (value: number): number => 7 * String(value).length;
const layOut = (xs: readonly number[], points: readonly (readonly (number | null)[])[], width = 400, height = 240) =>
  layoutPlot({ width, height, xs, points, labelWidth });

describe('the marks of an axis', () => {
  it('are 0 and multiples of a round step, the last not below the highest value', () => {
    expect(marksUpTo(10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(marksUpTo(0.7, 4)).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
    expect(marksUpTo(1234, 4)).toEqual([0, 500, 1000, 1500]);
    expect(marksUpTo(0, 4)).toEqual([0, 1]);
  });

  it('are never more than asked for by more than one, whatever the value', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), fc.integer({ min: 2, max: 12 }), (highest, most) => {
        const marks = marksUpTo(highest, most);
        expect(marks.length).toBeLessThanOrEqual(most + 2);
        expect(marks.at(-1)).toBeGreaterThanOrEqual(highest * (1 - 1e-9));
      }),
    );
  });
});

describe('a plot', () => {
  it('has every known value inside its frame, higher values higher, later ones further right', () => {
    const value = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }));
    const series = fc.array(value, { minLength: 6, maxLength: 6 });
    const size = fc.record({ width: fc.integer({ min: 240, max: 900 }), height: fc.integer({ min: 160, max: 500 }) });
    fc.assert(
      fc.property(fc.array(series, { minLength: 1, maxLength: 4 }), size, (points, { width, height }) => {
        const { plot, curves, yMarks } = layOut([1, 2, 3, 5, 8, 13], points, width, height);
        expect(plot.right).toBeLessThanOrEqual(Math.max(width, plot.left + 40));
        expect(yMarks[0]).toEqual({ value: 0, at: plot.bottom });
        curves.forEach(({ dots }, index) => {
          expect(dots).toHaveLength(points[index]?.filter((one) => one !== null).length ?? 0);
          for (const { x, y } of dots) {
            expect(x).toBeGreaterThanOrEqual(plot.left);
            expect(x).toBeLessThanOrEqual(plot.right);
            expect(y).toBeGreaterThanOrEqual(plot.top - 1e-6);
            expect(y).toBeLessThanOrEqual(plot.bottom + 1e-6);
          }
          for (const [at, dot] of dots.entries()) {
            const next = dots[at + 1];
            if (next === undefined) continue;
            expect(next.x).toBeGreaterThan(dot.x);
            if (next.value > dot.value) expect(next.y).toBeLessThanOrEqual(dot.y);
          }
        });
      }),
    );
  });

  it('leaves a gap where a value is missing', () => {
    const [curve] = layOut([1, 2, 3, 4], [[1, null, 2, 3]]).curves;
    expect(curve?.path.match(/M/g)).toHaveLength(2);
    expect(curve?.path.match(/L/g)).toHaveLength(1);
  });

  it('writes as many values under the axis as stand apart', () => {
    const xs = Array.from({ length: 64 }, (_, index) => index + 1);
    const { xMarks } = layOut(xs, [xs]);
    expect(xMarks[0]?.value).toBe(1);
    for (const [at, mark] of xMarks.entries()) {
      const next = xMarks[at + 1];
      if (next !== undefined) expect(next.at - mark.at).toBeGreaterThanOrEqual(30);
    }
  });

  it('of nothing has a frame and no curve', () => {
    expect(layOut([4], [[null]]).curves).toEqual([{ dots: [], path: '' }]);
    expect(layOut([4], [[7]]).curves[0]?.dots).toHaveLength(1);
  });
});
