import type { Tid } from '../../../base/ids.ts';

/** Distinct colours; after them they repeat, each time with another mark. */
export const THREAD_COLOURS = 12;

/** A small shape beside the name that tells threads of one colour apart. */
export type ThreadMark = 'none' | 'dot' | 'triangle' | 'square' | 'diamond' | 'bar';
const MARKS: readonly ThreadMark[] = ['none', 'dot', 'triangle', 'square', 'diamond', 'bar'];

/** How a thread looks in every view. The colours are custom properties of `palette.css`, so they follow the theme. */
export interface ThreadLook {
  /** Fill of its token, stroke of its lines: at least 3 : 1 with the surface. */
  readonly color: string;
  /** Text on `color`: at least 4.5 : 1. */
  readonly ink: string;
  /** Name of the property behind `color`, for canvases that have to ask for its value. */
  readonly property: string;
  readonly mark: ThreadMark;
}

function lookOf(index: number): ThreadLook {
  const property = `--thread-${(index % THREAD_COLOURS) + 1}`;
  const mark = MARKS[Math.floor(index / THREAD_COLOURS) % MARKS.length] as ThreadMark;
  return { color: `var(${property})`, ink: 'var(--thread-ink)', property, mark };
}

const LOOKS: readonly ThreadLook[] = Array.from({ length: THREAD_COLOURS * MARKS.length }, (_, index) => lookOf(index));

/** Tids count from 1 in order of creation, so a thread has the same look in every run of a schedule. */
export function threadLook(tid: Tid): ThreadLook {
  return LOOKS[Math.max(0, tid - 1) % LOOKS.length] as ThreadLook;
}

/** Outline of a mark in a box from (-1, -1) to (1, 1); empty for `none`. */
export const MARK_PATHS: Readonly<Record<ThreadMark, string>> = {
  none: '',
  dot: 'M-0.8,0A0.8,0.8,0,1,1,0.8,0A0.8,0.8,0,1,1,-0.8,0Z',
  triangle: 'M0,-0.9L0.95,0.75L-0.95,0.75Z',
  square: 'M-0.75,-0.75H0.75V0.75H-0.75Z',
  diamond: 'M0,-1L1,0L0,1L-1,0Z',
  bar: 'M-0.35,-1H0.35V1H-0.35Z',
};
