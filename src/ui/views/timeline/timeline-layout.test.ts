import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  axisTicks,
  clampView,
  cpuTop,
  firstView,
  fitView,
  frameFor,
  laneTop,
  MARGIN,
  MAX_SCALE,
  niceStep,
  panBy,
  plotWidth,
  reveal,
  revealLane,
  scrollLimit,
  spotAt,
  tickAt,
  viewEnd,
  visibleLanes,
  xOf,
  zoomAt,
  type View,
} from './timeline-layout.ts';

const frame = frameFor({ width: 1440, height: 200 }, 3, 2);
const many = frameFor({ width: 1440, height: 200 }, 64, 0);
const home: View = { start: 0, scale: 10, scroll: 0 };

const views = fc.record({
  start: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  scale: fc.double({ min: 1e-4, max: 1e4, noNaN: true }),
  scroll: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
});
const extents = fc.integer({ min: 1, max: 1_000_000 });

describe('time and pixels', () => {
  it('are inverse to each other', () => {
    expect(tickAt(frame, home, xOf(frame, home, 42))).toBeCloseTo(42);
    expect(xOf(frame, home, 0)).toBe(frame.gutter);
    expect(viewEnd(frame, home)).toBeCloseTo(plotWidth(frame) / 10);
  });
});

describe('zoom', () => {
  it('keeps the tick under the pointer', () => {
    const long = 100_000;
    const view = clampView(frame, { start: 5000, scale: 2, scroll: 0 }, long);
    for (const factor of [0.5, 1.3, 8]) {
      const zoomed = zoomAt(frame, view, 700, factor, long);
      expect(tickAt(frame, zoomed, 700)).toBeCloseTo(tickAt(frame, view, 700), 6);
      expect(zoomed.scale).toBeCloseTo(2 * factor);
    }
  });

  it('ends at the widest tick and at the whole run', () => {
    expect(zoomAt(frame, home, 700, 1e9, 1000).scale).toBe(MAX_SCALE);
    const out = zoomAt(frame, home, 700, 1e-9, 10_000);
    expect(xOf(frame, out, 0)).toBeCloseTo(frame.gutter + MARGIN);
    expect(xOf(frame, out, 10_000)).toBeCloseTo(frame.width - MARGIN);
  });

  it('never leaves the run, whatever it starts from', () => {
    fc.assert(
      fc.property(views, extents, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (view, extent, factor) => {
        const seen = zoomAt(many, clampView(many, view, extent), 900, factor, extent);
        const margin = (MARGIN + 1e-6) / seen.scale;
        expect(seen.start).toBeGreaterThanOrEqual(-margin);
        expect(seen.start).toBeLessThanOrEqual(extent);
        expect(seen.scroll).toBeGreaterThanOrEqual(0);
        expect(seen.scroll).toBeLessThanOrEqual(scrollLimit(many));
        expect(clampView(many, seen, extent)).toEqual(seen);
      }),
    );
  });
});

describe('the first view', () => {
  it('shows a finished run whole, when its ticks stay wide enough', () => {
    const view = firstView(frame, home, 100, false);
    expect(xOf(frame, view, 100)).toBeCloseTo(frame.width - MARGIN);
  });

  it('keeps its scale while a run grows a little', () => {
    expect(firstView(frame, home, 50, true).scale).toBe(firstView(frame, home, 60, true).scale);
    expect(xOf(frame, firstView(frame, home, 60, true), 60)).toBeLessThan(frame.width - MARGIN);
  });

  it('does not squeeze a long run together; fitting does', () => {
    expect(firstView(frame, home, 100_000, false).scale).toBe(6);
    expect(fitView(frame, home, 100_000).scale).toBeCloseTo((plotWidth(frame) - 2 * MARGIN) / 100_000);
  });
});

describe('pan', () => {
  it('moves the picture with the pointer', () => {
    const view = clampView(many, { start: 500, scale: 10, scroll: 100 }, 10_000);
    const moved = panBy(many, view, 30, 20, 10_000);
    expect(xOf(many, moved, 500)).toBeCloseTo(xOf(many, view, 500) + 30);
    expect(laneTop(many, moved, 0)).toBe(laneTop(many, view, 0) + 20);
  });
});

describe('following', () => {
  it('leaves the view alone while the tick is well inside', () => {
    expect(reveal(frame, home, 60, 10_000)).toBe(home);
  });

  it('brings a tick outside into the plot', () => {
    for (const tick of [0, 999, 5000, 9999]) {
      const view = reveal(frame, { ...home, start: 2000 }, tick, 10_000);
      expect(xOf(frame, view, tick)).toBeGreaterThanOrEqual(frame.gutter);
      expect(xOf(frame, view, tick)).toBeLessThanOrEqual(frame.width);
    }
  });

  it('scrolls to a lane that is not wholly seen', () => {
    const down = revealLane(many, home, 40);
    expect(laneTop(many, down, 41)).toBeCloseTo(many.height);
    expect(laneTop(many, revealLane(many, down, 3), 3)).toBeCloseTo(many.axis);
    expect(revealLane(many, home, 2)).toBe(home);
  });
});

describe('rows', () => {
  it('are found by the points inside them', () => {
    const y = laneTop(frame, home, 1) + 3;
    expect(spotAt(frame, home, frame.gutter + 105, y)).toEqual({ area: 'lane', row: 1, tick: 10.5 });
    expect(spotAt(frame, home, 5, y)).toEqual({ area: 'label', row: 1 });
    expect(spotAt(frame, home, 700, cpuTop(frame, home, 1) + 3)).toMatchObject({ area: 'cpu', row: 1 });
    expect(spotAt(frame, home, frame.gutter + 20, 4)).toEqual({ area: 'axis', tick: 2 });
    expect(spotAt(frame, home, 700, frame.height + 500)).toEqual({ area: 'none' });
  });

  it('are listed when any part of them is seen', () => {
    const view = { ...home, scroll: many.laneHeight * 10 + 5 };
    const { first, end } = visibleLanes(many, view);
    expect(first).toBe(10);
    expect(laneTop(many, view, end - 1)).toBeLessThan(many.height);
    expect(laneTop(many, view, end)).toBeGreaterThanOrEqual(many.height);
  });

  it('of an empty run are none', () => {
    const empty = frameFor({ width: 390, height: 200 }, 0, 0);
    expect(visibleLanes(empty, home)).toEqual({ first: 0, end: 0 });
  });
});

describe('the axis', () => {
  it('steps by 1, 2 or 5 times a power of ten, and labels never touch', () => {
    expect(niceStep(10, 50)).toBe(5);
    expect(niceStep(10, 51)).toBe(10);
    expect(niceStep(200, 50)).toBe(1);
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: MAX_SCALE, noNaN: true }), extents, (scale, start) => {
        const { step, ticks } = axisTicks(frame, { start, scale, scroll: 0 });
        expect(String(step)).toMatch(/^[125]0*$/);
        expect(ticks.every((tick) => tick % step === 0 && tick >= 0)).toBe(true);
        expect(step * scale).toBeGreaterThanOrEqual(7 * String(ticks.at(-1) ?? 0).length);
        expect(ticks.length).toBeLessThan(60);
      }),
    );
  });
});
