import type { Tid } from '../../../base/ids.ts';
import { arrowBetween, pointAt, type Arrow, type ArrowName } from './arrows.ts';
import type { DiagramLayout, TokenPlace } from './diagram-layout.ts';
import type { Point } from './geometry.ts';
import type { ThreadStateName } from '../../../replay/model.ts';

/** A step of a token's way; between two of them it moves evenly. `offset` is a share of the whole motion. */
export interface Waypoint extends Point {
  readonly offset: number;
  readonly opacity: number;
}

export interface MotionPlan {
  readonly durationMs: number;
  readonly ways: ReadonlyMap<Tid, readonly Waypoint[]>;
  /** When a token begins to travel along each arrow, as a share of the motion; of several, the first. */
  readonly arrows: ReadonlyMap<ArrowName, number>;
}

/** The drawing after one change of state, and which change that was; null: several at once, or none. */
export interface Stage {
  readonly layout: DiagramLayout;
  readonly change: { readonly tid: Tid; readonly from: ThreadStateName | null; readonly to: ThreadStateName } | null;
}

/** Points on a curved way: enough that no corner is seen at this size. */
const SAMPLES = 18;
const DIRECT_SAMPLES = 8;
const TRAVEL_MS = 620;
const DIRECT_MS = 240;

/**
 * The motion from one drawing through the given stages to the last of them. Every token gets one list of waypoints for the whole
 * motion, so that the browser can play it without any script.
 */
export function planMotion(before: DiagramLayout, stages: readonly Stage[], budgetMs: number): MotionPlan {
  const lengths = stages.map(({ change }) => (arrowOf(change) === null ? DIRECT_MS : TRAVEL_MS));
  const wished = lengths.reduce((sum, ms) => sum + ms, 0);
  const final = stages.at(-1)?.layout ?? before;
  const ways = new Map<Tid, readonly Waypoint[]>();
  const places = [before, ...stages.map(({ layout }) => layout)].map(byTid);
  for (const token of final.tokens) {
    const way = wayOf(token, places, stages, lengths, wished);
    if (way !== null) ways.set(token.thread.tid, way);
  }
  const arrows = new Map<ArrowName, number>();
  let passedMs = 0;
  stages.forEach(({ change }, index) => {
    const name = arrowOf(change);
    if (name !== null && !arrows.has(name)) arrows.set(name, passedMs / wished);
    passedMs += lengths[index] as number;
  });
  return { durationMs: Math.min(wished, budgetMs), ways, arrows };
}

function arrowOf(change: Stage['change']): ArrowName | null {
  return change === null ? null : arrowBetween(change.from, change.to);
}

function byTid(layout: DiagramLayout): ReadonlyMap<Tid, TokenPlace> {
  return new Map(layout.tokens.map((token) => [token.thread.tid, token]));
}

/** Null: it stays where it is. */
function wayOf(
  token: TokenPlace,
  places: readonly ReadonlyMap<Tid, TokenPlace>[],
  stages: readonly Stage[],
  lengths: readonly number[],
  wholeMs: number,
): readonly Waypoint[] | null {
  const { tid } = token.thread;
  const way: Waypoint[] = [];
  let passedMs = 0;
  let moves = false;
  stages.forEach(({ layout, change }, index) => {
    const lengthMs = lengths[index] as number;
    const [from, to] = [places[index]?.get(tid), places[index + 1]?.get(tid)];
    const share = (t: number): number => (passedMs + t * lengthMs) / wholeMs;
    if (to !== undefined) {
      const start = from ?? { ...to, hidden: true };
      const arrow = change?.tid === tid ? arrowIn(layout, arrowOf(change)) : null;
      moves ||= !same(start, to) || from === undefined;
      way.push(...leg(start, to, arrow).map((point) => ({ ...point, offset: share(point.offset) })));
    }
    passedMs += lengthMs;
  });
  const first = way[0];
  if (!moves || first === undefined) return null;
  return first.offset > 0 ? [{ ...first, offset: 0 }, ...way] : way;
}

function arrowIn(layout: DiagramLayout, name: ArrowName | null): Arrow | null {
  return layout.arrows.find((arrow) => arrow.name === name) ?? null;
}

function same(a: TokenPlace, b: TokenPlace): boolean {
  return a.at.x === b.at.x && a.at.y === b.at.y && a.hidden === b.hidden;
}

function leg(from: TokenPlace, to: TokenPlace, arrow: Arrow | null): readonly Waypoint[] {
  const way = same(from, to) ? [from.at] : arrow === null ? [from.at, to.at] : throughArrow(from.at, arrow, to.at);
  const [startOpacity, endOpacity] = [from, to].map(({ hidden }) => (hidden ? 0 : 1)) as [number, number];
  const at = (t: number): Waypoint => {
    const eased = easeInOut(t);
    const blend = (a: number, b: number): number => a + (b - a) * eased;
    const opacity =
      arrow === null ? blend(startOpacity, endOpacity) : t === 0 ? startOpacity : t === 1 ? endOpacity : 1;
    return { ...alongSpline(way, eased), offset: t, opacity };
  };
  const samples = way.length < 2 ? 1 : arrow === null ? DIRECT_SAMPLES : SAMPLES;
  return Array.from({ length: samples + 1 }, (_, index) => at(index / samples));
}

/** The points its way leads through: out of its place, along the arrow, into its new place. */
function throughArrow(from: Point, { curve }: Arrow, to: Point): readonly Point[] {
  return [from, curve[0], pointAt(curve, 0.5), curve[3], to];
}

/** Slow, fast, slow: sine, so that it never seems to jump. */
function easeInOut(t: number): number {
  return 0.5 - Math.cos(Math.PI * t) / 2;
}

/** A point on the Catmull-Rom spline through all points, at a share of its length (measured along its chords). */
export function alongSpline(points: readonly Point[], share: number): Point {
  const last = points.length - 1;
  const chords = points.slice(1).map((point, index) => distance(point, points[index] as Point));
  let rest = share * chords.reduce((sum, chord) => sum + chord, 0);
  for (let index = 0; index < last; index += 1) {
    const chord = chords[index] as number;
    if (rest > chord && index < last - 1) {
      rest -= chord;
      continue;
    }
    return between(points, index, chord === 0 ? 1 : Math.min(1, rest / chord));
  }
  return points[last] as Point;
}

function between(points: readonly Point[], index: number, t: number): Point {
  const at = (i: number): Point => points[Math.max(0, Math.min(points.length - 1, i))] as Point;
  const [a, b, c, d] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
  const on = (pa: number, pb: number, pc: number, pd: number): number =>
    pb + 0.5 * t * (pc - pa + t * (2 * pa - 5 * pb + 4 * pc - pd + t * (3 * (pb - pc) + pd - pa)));
  return { x: on(a.x, b.x, c.x, d.x), y: on(a.y, b.y, c.y, d.y) };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
