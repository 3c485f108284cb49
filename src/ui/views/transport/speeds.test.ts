import { describe, expect, it } from 'vitest';
import { positionOf, speedAt, SPEEDS } from './speeds.ts';

describe('the speed slider', () => {
  it('finds every speed that it offers again', () => {
    for (const speed of SPEEDS) expect(speedAt(positionOf(speed))).toBe(speed);
  });

  it('shows the nearest place for a speed from a link', () => {
    expect(speedAt(positionOf(5))).toBe(4);
    expect(speedAt(positionOf(1000))).toBe(64);
    expect(speedAt(positionOf(0.01))).toBe(0.5);
  });

  it('keeps positions outside of its ends inside', () => {
    expect(speedAt(-3)).toBe(0.5);
    expect(speedAt(99)).toBe(0);
  });
});
