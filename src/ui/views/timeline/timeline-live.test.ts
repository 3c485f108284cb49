import { describe, expect, it } from 'vitest';
import { axisTicks, fitView, firstView, frameFor, zoomAt, type View } from './timeline-layout.ts';

const FRAME = frameFor({ width: 900, height: 300 }, 4, 0, true);
const HOME: View = { start: Number.NEGATIVE_INFINITY, scale: 10, scroll: 0 };
/** A quarter of a second, in microseconds. */
const EXTENT = 250_000;

describe('the timeline of a live run', () => {
  it('is seen as a whole first, however long it is', () => {
    for (const extent of [400, EXTENT, 2_000_000_000]) {
      const view = firstView(FRAME, HOME, extent, true);
      expect(view).toEqual(fitView(FRAME, HOME, extent));
      expect(view.scale * extent).toBeLessThanOrEqual(900);
    }
  });

  it('can be zoomed until single microseconds stand apart, no further', () => {
    let view = firstView(FRAME, HOME, EXTENT, false);
    for (let press = 0; press < 40; press += 1) view = zoomAt(FRAME, view, 500, 1.6, EXTENT);
    expect(view.scale).toBe(4);
    expect(zoomAt(FRAME, view, 500, 1.6, EXTENT)).toEqual(view);
  });

  it('has marks at round times, with room for words in milliseconds', () => {
    for (let scale = 4; scale > 1e-6; scale /= 3) {
      const { step, ticks } = axisTicks(FRAME, { start: 0, scale, scroll: 0 });
      expect(String(step)).toMatch(/^[125]0*$/);
      expect(step * scale).toBeGreaterThanOrEqual(52);
      expect(ticks.length).toBeGreaterThan(1);
    }
  });
});
