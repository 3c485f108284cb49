/**
 * Geometry of a plot in CSS pixels: axes, marks, curves. Pure; nothing here draws, and no word is measured in a browser.
 *
 *        y ┤  ·            top     title of the y axis
 *          ┤    · ·        plot    curves, grid
 *          └─┬──┬──┬─      bottom  marks of x, title of the x axis
 */
export interface PlotInput {
  readonly width: number;
  readonly height: number;
  /** Ascending. */
  readonly xs: readonly number[];
  /** By series, by x; null = not known. */
  readonly points: readonly (readonly (number | null)[])[];
  /** Values of x at which a line stands; those beyond the axis have none. */
  readonly lines?: readonly number[];
  /** How wide the widest mark of the y axis is written. */
  readonly labelWidth: (value: number) => number;
}

export interface Mark {
  readonly value: number;
  /** Place on its axis. */
  readonly at: number;
}

export interface Dot {
  readonly x: number;
  readonly y: number;
  /** Index of the value, and the value measured there. */
  readonly point: number;
  readonly value: number;
}

export interface Curve {
  readonly dots: readonly Dot[];
  /** An SVG path through the dots, with a gap where one is missing. */
  readonly path: string;
}

export interface PlotLayout {
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly xMarks: readonly Mark[];
  readonly yMarks: readonly Mark[];
  readonly curves: readonly Curve[];
  /** Places of the lines. */
  readonly lines: readonly number[];
}

const TOP = 26;
const BOTTOM = 40;
const RIGHT = 14;
const Y_MARK_GAP = 8;
/** Marks of the axes are no nearer to each other. */
const CLOSEST_Y = 34;
const CLOSEST_X = 30;
/** Room left and right of the first and last value. */
const SIDE = 12;

export function layoutPlot({ width, height, xs, points, lines = [], labelWidth }: PlotInput): PlotLayout {
  const top = TOP;
  const bottom = Math.max(TOP + 40, height - BOTTOM);
  const highest = points.flat().reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  const yValues = marksUpTo(highest, Math.max(2, Math.floor((bottom - top) / CLOSEST_Y)));
  const left = Math.max(...yValues.map(labelWidth)) + Y_MARK_GAP + 4;
  const right = Math.max(left + 40, width - RIGHT);
  const most = yValues.at(-1) ?? 1;
  const [first = 0] = xs;
  const span = (xs.at(-1) ?? first) - first || 1;
  const xOf = (x: number): number => left + SIDE + ((x - first) / span) * (right - left - 2 * SIDE);
  const yOf = (y: number): number => bottom - (y / most) * (bottom - top);
  return {
    plot: { left, right, top, bottom },
    xMarks: thinned(xs, xOf).map((value) => ({ value, at: xOf(value) })),
    yMarks: yValues.map((value) => ({ value, at: yOf(value) })),
    curves: points.map((series) => curveOf(series, xs, xOf, yOf)),
    lines: lines.filter((x) => x >= first && x <= first + span).map(xOf),
  };
}

function curveOf(
  series: readonly (number | null)[],
  xs: readonly number[],
  xOf: (x: number) => number,
  yOf: (y: number) => number,
): Curve {
  const dots: Dot[] = [];
  let path = '';
  let isPenDown = false;
  series.forEach((value, point) => {
    const x = xs[point];
    if (value === null || x === undefined) {
      isPenDown = false;
      return;
    }
    const dot = { x: xOf(x), y: yOf(value), point, value };
    dots.push(dot);
    path += `${isPenDown ? 'L' : 'M'}${round(dot.x)} ${round(dot.y)}`;
    isPenDown = true;
  });
  return { dots, path };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Below this nothing is measured: no unit of ours is divided so finely, and a step of it would be 0. */
const LEAST = 1e-9;

/** 0 and multiples of a round step (1, 2, 5 times a power of ten) up to the first that is not below `highest`. */
export function marksUpTo(highest: number, most: number): readonly number[] {
  if (highest < LEAST) return [0, 1];
  const rough = highest / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const digit = [1, 2, 5, 10].find((nice) => nice * power >= rough - 1e-9 * power) ?? 10;
  const step = digit * power;
  const count = Math.ceil(highest / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** As many of the values, the first one included, as stand apart. */
function thinned(xs: readonly number[], xOf: (x: number) => number): readonly number[] {
  const kept: number[] = [];
  for (const x of xs) {
    const last = kept.at(-1);
    if (last === undefined || xOf(x) - xOf(last) >= CLOSEST_X) kept.push(x);
  }
  return kept;
}
