/** Places on the drawing, in CSS pixels; y grows downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** A cubic Bézier curve: start, two control points, end. */
export type Curve = readonly [Point, Point, Point, Point];

export const right = (rect: Rect): number => rect.x + rect.width;
export const bottom = (rect: Rect): number => rect.y + rect.height;

export function centre(rect: Rect): Point {
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
}

export function inset(rect: Rect, horizontal: number, vertical = horizontal): Rect {
  return {
    x: rect.x + horizontal,
    y: rect.y + vertical,
    width: Math.max(0, rect.width - 2 * horizontal),
    height: Math.max(0, rect.height - 2 * vertical),
  };
}

/** What is left of a rectangle below its first `height` pixels. */
export function below(rect: Rect, height: number): Rect {
  return { ...rect, y: rect.y + height, height: Math.max(0, rect.height - height) };
}

export function around(middle: Point, width: number, height: number): Rect {
  return { x: middle.x - width / 2, y: middle.y - height / 2, width, height };
}

/** Half a pixel's tolerance: sums of fractions are not exact. */
const SLACK = 0.5;

export function contains(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x - SLACK &&
    inner.y >= outer.y - SLACK &&
    right(inner) <= right(outer) + SLACK &&
    bottom(inner) <= bottom(outer) + SLACK
  );
}

export function overlap(a: Rect, b: Rect): boolean {
  return a.x < right(b) - SLACK && b.x < right(a) - SLACK && a.y < bottom(b) - SLACK && b.y < bottom(a) - SLACK;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
