import type { ThreadStateName } from '../../../replay/model.ts';
import type { Arrow } from './arrows.ts';
import { clamp, type Rect } from './geometry.ts';
import { narrowArrows } from './narrow-arrows.ts';
import { wideArrows } from './wide-arrows.ts';

export type Regions = Readonly<Record<ThreadStateName, Rect>>;

/** What depends on the size of the view and the configuration only: where the regions and the arrows are. */
export interface Frame {
  readonly arrangement: 'wide' | 'narrow';
  readonly width: number;
  readonly height: number;
  readonly regions: Regions;
  readonly arrows: readonly Arrow[];
  /** Strip for shared variables below the regions; null when there are none. */
  readonly shelf: Rect | null;
}

/** From this width on the five regions stand as in the textbook's picture; below, in two rows. */
const WIDE_FROM = 560;
const SMALLEST_VIEW = { width: 320, wideHeight: 300, narrowHeight: 372 } as const;

export const HEADER_HEIGHT = 24;
const SHELF_HEIGHT = 26;
/** More than these need more room, or their threads lose their names. */
const MANY_CPUS = 6;

/** Smaller sizes than `SMALLEST_VIEW` are raised to it: the view then scrolls, and nothing is cut off. */
export function layoutFrame(
  size: { readonly width: number; readonly height: number },
  withShelf: boolean,
  cpus: number,
): Frame {
  const width = Math.max(SMALLEST_VIEW.width, Math.floor(size.width));
  return width >= WIDE_FROM
    ? wideFrame(width, Math.max(SMALLEST_VIEW.wideHeight, Math.floor(size.height)), withShelf)
    : narrowFrame(width, Math.max(SMALLEST_VIEW.narrowHeight, Math.floor(size.height)), withShelf, cpus);
}

function wideFrame(width: number, height: number, withShelf: boolean): Frame {
  const margin = clamp(Math.round(width * 0.018), 10, 18);
  const topBand = 30;
  const middleBand = clamp(Math.round(height * 0.12), 44, 64);
  const shelfRoom = withShelf ? SHELF_HEIGHT + 8 : 0;
  const rest = height - topBand - middleBand - margin - shelfRoom;
  const rowHeight = Math.round(clamp(rest * 0.48, 92, 240));
  const smallGap = clamp(Math.round(width * 0.045), 28, 46);
  const largeGap = clamp(Math.round(width * 0.135), 84, 130);
  const places = width - 2 * margin - 2 * smallGap - largeGap;
  const newWidth = Math.max(width < 600 ? 64 : 76, Math.round(places * 0.13));
  const endWidth = Math.max(width < 600 ? 104 : 121, Math.round(places * 0.19));
  const runWidth = Math.max(114, Math.round(places * 0.29));
  const readyWidth = places - newWidth - endWidth - runWidth;
  const row = { y: topBand, height: rowHeight };
  const ready = { x: margin + newWidth + smallGap, width: readyWidth, ...row };
  const running = { x: ready.x + readyWidth + largeGap, width: runWidth, ...row };
  const blockedTop = topBand + rowHeight + middleBand;
  const blockedHeight = height - blockedTop - margin - shelfRoom;
  const regions: Regions = {
    New: { x: margin, width: newWidth, ...row },
    Ready: ready,
    Running: running,
    Terminated: { x: running.x + runWidth + smallGap, width: endWidth, ...row },
    Blocked: { x: margin, y: blockedTop, width: width - 2 * margin, height: blockedHeight },
  };
  const shelf = withShelf ? shelfBelow(regions.Blocked) : null;
  return { arrangement: 'wide', width, height, regions, arrows: wideArrows(regions, width, margin), shelf };
}

/** New and Ready above, Running and Terminated below them, Blocked at the bottom; the way back to Ready is at the left. */
function narrowFrame(width: number, height: number, withShelf: boolean, cpus: number): Frame {
  const margin = 8;
  const topBand = 22;
  const rest = height - topBand - margin - (withShelf ? SHELF_HEIGHT + 6 : 0);
  const upperBand = clamp(Math.round(rest * 0.125), 50, 62);
  const lowerBand = clamp(Math.round(rest * 0.09), 32, 44);
  const rows = rest - upperBand - lowerBand;
  const first = Math.round(clamp(rows * 0.24, 62, 150));
  const second = Math.round(clamp(rows * (cpus > MANY_CPUS ? 0.44 : 0.26), 66, 160));
  const newWidth = Math.round(clamp(width * 0.2, 66, 110));
  const readyLeft = margin + newWidth + 30;
  const channel = Math.round(clamp(width * 0.25, 80, 140));
  const endWidth = Math.round(clamp(width * 0.27, 94, 130));
  const secondTop = topBand + first + upperBand;
  const runLeft = margin + channel;
  const blockedTop = secondTop + second + lowerBand;
  const regions: Regions = {
    New: { x: margin, y: topBand, width: newWidth, height: first },
    Ready: { x: readyLeft, y: topBand, width: width - margin - readyLeft, height: first },
    Running: { x: runLeft, y: secondTop, width: width - margin - endWidth - 26 - runLeft, height: second },
    Terminated: { x: width - margin - endWidth, y: secondTop, width: endWidth, height: second },
    Blocked: { x: margin, y: blockedTop, width: width - 2 * margin, height: topBand + rest - blockedTop },
  };
  const shelf = withShelf ? shelfBelow(regions.Blocked) : null;
  return { arrangement: 'narrow', width, height, regions, arrows: narrowArrows(regions, width, margin), shelf };
}

function shelfBelow(blocked: Rect): Rect {
  return { x: blocked.x, y: blocked.y + blocked.height + 6, width: blocked.width, height: SHELF_HEIGHT };
}
