import { SMALLEST_FONT, textWidth } from './text-width.ts';

/** How large tokens are drawn. `font` 0: too small for a name, the token is a coloured dot. */
export interface TokenSize {
  readonly width: number;
  readonly height: number;
  readonly font: number;
  /** Room for the mark beside the name; 0 when no thread has one. */
  readonly mark: number;
  /** Between neighbours. */
  readonly gap: number;
}

/** From the largest to the smallest. */
const LADDER = [
  { height: 34, font: 14, pad: 11, gap: 8 },
  { height: 28, font: 13, pad: 9, gap: 7 },
  { height: 23, font: 12, pad: 7, gap: 5 },
  { height: 18, font: SMALLEST_FONT, pad: 4, gap: 4 },
  // So tight that the mark goes: the name is there.
  { height: 15, font: SMALLEST_FONT, pad: 2, gap: 2 },
] as const;

/** How many of the sizes carry a name; the others are dots. */
export const NAMED_SIZES = LADDER.length;

const DOTS = [
  { width: 14, height: 14, font: 0, mark: 0, gap: 4 },
  { width: 11, height: 11, font: 0, mark: 0, gap: 2 },
] as const;

/** Between a token and the figure at its right: the ring of the selection lies there. */
export const NOTE_GAP = 8;

/** A name longer than this is cut. */
const MAX_EMS = 6;

/**
 * The sizes tokens with these names can have, largest first. All tokens of a size are equally wide, so that queues are
 * regular and a token looks the same wherever it is.
 */
export function tokenSizes(names: readonly string[], marked: boolean): readonly TokenSize[] {
  const ems = Math.min(MAX_EMS, Math.max(1.2, ...names.map((name) => textWidth(name, 1))));
  const named = LADDER.map(({ height, font, pad, gap }) => {
    const mark = marked && pad > 2 ? Math.round(font * 0.75) : 0;
    return { width: Math.ceil(Math.max(height * 1.15, ems * font + mark + 2 * pad)), height, font, mark, gap };
  });
  return [...named, ...DOTS];
}
