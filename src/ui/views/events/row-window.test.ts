import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHeight, scrollTo, windowAt } from './row-window.ts';

describe('the window of a list', () => {
  it('shows the rows that lie in the box, and no others', () => {
    expect(windowAt(1000, 20, 105, 100)).toEqual({ first: 5, end: 11, top: -5 });
    expect(windowAt(3, 20, 0, 100)).toEqual({ first: 0, end: 3, top: 0 });
    expect(windowAt(0, 20, 0, 100)).toMatchObject({ first: 0, end: 0 });
  });

  it('shows every row of a list too long to lay out: the first at the top, the last at the end', () => {
    const count = 5_000_000;
    const most = contentHeight(count, 24) - 300;
    expect(windowAt(count, 24, 0, 300).first).toBe(0);
    const last = windowAt(count, 24, most, 300);
    expect(last.end).toBe(count);
    expect(last.top + (last.end - last.first) * 24).toBeCloseTo(300, 3);
  });

  it('finds the scroll position of any row', () => {
    const lists = fc.record({
      count: fc.integer({ min: 1, max: 3_000_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(lists, ({ count, share, from }) => {
        const index = Math.min(count - 1, Math.floor(share * count));
        const most = Math.max(0, contentHeight(count, 24) - 300);
        const scroll = scrollTo(index, count, 24, from * most, 300);
        const { first, end, top } = windowAt(count, 24, scroll, 300);
        expect(index).toBeGreaterThanOrEqual(first);
        expect(index).toBeLessThan(end);
        expect(top + (index - first) * 24).toBeGreaterThan(-0.1);
        expect(top + (index - first + 1) * 24).toBeLessThan(300.1);
      }),
    );
  });
});
