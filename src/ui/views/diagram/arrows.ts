import type { ThreadStateName } from '../../../replay/model.ts';
import { right, type Curve, type Point, type Rect } from './geometry.ts';

/** The changes of state there are. The three last are rare (a thread that is killed) and drawn only when they happen. */
const ARROW_NAMES = [
  'admit',
  'dispatch',
  'preempt',
  'block',
  'wake',
  'exit',
  'exit-new',
  'exit-ready',
  'exit-blocked',
] as const;
export type ArrowName = (typeof ARROW_NAMES)[number];

export const RARE_ARROWS: ReadonlySet<ArrowName> = new Set<ArrowName>(['exit-new', 'exit-ready', 'exit-blocked']);

export const ARROW_ENDS: Readonly<Record<ArrowName, readonly [ThreadStateName, ThreadStateName]>> = {
  admit: ['New', 'Ready'],
  dispatch: ['Ready', 'Running'],
  preempt: ['Running', 'Ready'],
  block: ['Running', 'Blocked'],
  wake: ['Blocked', 'Ready'],
  exit: ['Running', 'Terminated'],
  'exit-new': ['New', 'Terminated'],
  'exit-ready': ['Ready', 'Terminated'],
  'exit-blocked': ['Blocked', 'Terminated'],
};

/** The arrow of a change of state; null where the diagram has none (Blocked → Running, say, which no kernel does). */
export function arrowBetween(from: ThreadStateName | null, to: ThreadStateName): ArrowName | null {
  return ARROW_NAMES.find((name) => ARROW_ENDS[name][0] === from && ARROW_ENDS[name][1] === to) ?? null;
}

export interface Arrow {
  readonly name: ArrowName;
  readonly curve: Curve;
  /** Where its words stand: they never leave this box. */
  readonly label: Rect;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Where the words would best be centred, if the box lets them; then `anchor` does not count. */
  readonly focus?: number;
  /** At which edge of the box the text begins. */
  readonly align: 'top' | 'middle' | 'bottom';
}

/** A curve that leaves and arrives in the given directions. */
export function bend(from: Point, leaving: Point, to: Point, arriving: Point): Curve {
  return [from, { x: from.x + leaving.x, y: from.y + leaving.y }, { x: to.x - arriving.x, y: to.y - arriving.y }, to];
}

/** Height of the regions' titles, where New → Ready and Running → Terminated lie. */
const TITLE_LINE = 12;

/** From the right edge of one region straight to the left edge of its neighbour. */
export function onTitleLine(from: Rect, to: Rect): Curve {
  return straightAcross(from, to, from.y + TITLE_LINE);
}

export function straightAcross(from: Rect, to: Rect, y: number): Curve {
  const third = { x: (to.x - right(from)) / 3, y: 0 };
  return bend({ x: right(from) + 2, y }, third, { x: to.x - 3, y }, third);
}

export function pointAt([a, b, c, d]: Curve, t: number): Point {
  const s = 1 - t;
  const [wa, wb, wc, wd] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return { x: wa * a.x + wb * b.x + wc * c.x + wd * d.x, y: wa * a.y + wb * b.y + wc * c.y + wd * d.y };
}
