import type { Selection } from 'd3-selection';
import type { Point, Rect } from './geometry.ts';

/** A group of the drawing that one `draw-*.ts` owns. */
export type Layer = Selection<SVGGElement, unknown, null, undefined>;

type Shape<Datum> = Selection<SVGRectElement, Datum, SVGGElement, unknown>;

export function placeRect<Datum>(shape: Shape<Datum>, rectOf: (datum: Datum) => Rect): void {
  shape
    .attr('x', (datum) => round(rectOf(datum).x))
    .attr('y', (datum) => round(rectOf(datum).y))
    .attr('width', (datum) => round(rectOf(datum).width))
    .attr('height', (datum) => round(rectOf(datum).height));
}

export function translate({ x, y }: Point): string {
  return `translate(${round(x)},${round(y)})`;
}

/** Hundredths of a pixel are enough, and keep the document readable. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
