import type { Tid } from '../../../base/ids.ts';
import { capacity, flow, type Flow } from './flow.ts';
import { below, inset, type Rect } from './geometry.ts';
import { SMALLEST_FONT, textWidth } from './text-width.ts';
import { NOTE_GAP, type TokenSize } from './token-size.ts';
import type { WaitingPlace } from './waiting-places.ts';

/** A room in Blocked: the thing waited for, and its waiters in order. */
export interface Compartment {
  readonly place: WaitingPlace;
  readonly rect: Rect;
  /** Two lines: name, and how it stands. One: the name, and as much of the other as fits behind it. */
  readonly lines: 1 | 2;
  readonly waiters: readonly { readonly tid: Tid; readonly rect: Rect; readonly ticksLeft: number | null }[];
  readonly hidden: Flow;
}

export interface Rooms {
  readonly compartments: readonly Compartment[];
  /** Places that found no compartment: nobody waits there, or there are too many. */
  readonly left: readonly WaitingPlace[];
  readonly size: TokenSize;
}

const GAP = 8;
const MIN_WIDTH = 104;
const TITLE_HEIGHT = 22;
const STATUS_HEIGHT = 22;
const PADDING = 8;
const SMALL_TOKEN = 18;
/** More than there can be compartments. */
const MAX_LOSS = 10_000;
/** Wider and higher ones are made only for a crowd: a room that is much too large says nothing. */
const USUAL = { width: 216, height: 132 };

/**
 * Compartments for all places if their waiters fit, else for those with waiters only; with the largest tokens for which
 * one of the two succeeds. When nothing does, the smallest, and what does not fit is counted. `now`: ticks that are over.
 */
export function layoutBlocked(
  body: Rect,
  places: readonly WaitingPlace[],
  sizes: readonly TokenSize[],
  now: number,
): Rooms {
  const busy = places.filter((place) => place.waiters.length > 0);
  const idle = places.filter((place) => place.waiters.length === 0);
  for (const size of sizes) {
    const all = arrange(body, places, size, now);
    if (all !== null && isGood(all, size)) return { compartments: all, left: [], size };
    const some = idle.length === 0 ? null : arrange(body, busy, size, now);
    if (some !== null && isGood(some, size)) return { compartments: some, left: idle, size };
  }
  const size = sizes.at(-1) as TokenSize;
  const most = busy.toSorted((a, b) => b.waiters.length - a.waiters.length);
  for (let shown = most.length; shown > 0; shown -= 1) {
    const kept = new Set(most.slice(0, shown));
    const compartments = arrange(
      body,
      busy.filter((place) => kept.has(place)),
      size,
      now,
    );
    if (compartments !== null) {
      const shownPlaces = busy.filter((place) => kept.has(place));
      return { ...largest(body, shownPlaces, sizes, now), left: places.filter((place) => !kept.has(place)) };
    }
  }
  return { compartments: [], left: places, size };
}

/** With the largest tokens that hide no more of these waiters than the smallest do. */
function largest(
  body: Rect,
  places: readonly WaitingPlace[],
  sizes: readonly TokenSize[],
  now: number,
): Pick<Rooms, 'compartments' | 'size'> {
  const smallest = sizes.at(-1) as TokenSize;
  const least = arrange(body, places, smallest, now) ?? [];
  for (const size of sizes) {
    const compartments = arrange(body, places, size, now);
    if (compartments !== null && hiddenIn(compartments) <= hiddenIn(least)) return { compartments, size };
  }
  return { compartments: least, size: smallest };
}

/** All waiters are shown; and tokens are not large at the cost of the line that says how the object stands. */
function isGood(compartments: readonly Compartment[], size: TokenSize): boolean {
  return hiddenIn(compartments) === 0 && (size.height <= SMALL_TOKEN || compartments.every(({ lines }) => lines === 2));
}

function hiddenIn(compartments: readonly Compartment[]): number {
  return compartments.reduce((sum, compartment) => sum + compartment.hidden.hidden, 0);
}

/** What one would have liked to show: tokens weigh more than the notes beside them. */
function lossesIn(compartments: readonly Compartment[]): number {
  const silent = compartments.filter(({ place, waiters }) =>
    place.waiters.some(({ blocked }, index) => blocked?.until !== null && waiters[index]?.ticksLeft === null),
  );
  return hiddenIn(compartments) * MAX_LOSS + silent.length;
}

/** Null when there is no room for so many compartments. */
function arrange(
  body: Rect,
  places: readonly WaitingPlace[],
  size: TokenSize,
  now: number,
): readonly Compartment[] | null {
  if (places.length === 0) return [];
  const least = {
    width: Math.max(MIN_WIDTH, size.width + 2 * PADDING),
    height: TITLE_HEIGHT + size.height + PADDING / 2,
  };
  const columnsAtMost = Math.floor((body.width + GAP) / (least.width + GAP));
  const rowsAtMost = Math.floor((body.height + GAP) / (least.height + GAP));
  if (places.length > columnsAtMost * rowsAtMost) return null;
  let best: readonly Compartment[] | null = null;
  for (let rows = Math.ceil(places.length / columnsAtMost); rows <= Math.min(rowsAtMost, places.length); rows += 1) {
    const made = inRows(body, places, rows, size, now);
    if (best === null || lossesIn(made) < lossesIn(best)) best = made;
    if (lossesIn(best) === 0) break;
  }
  return best;
}

/** Rows of about equally many compartments, in order; wider ones for those with more waiters. */
function inRows(
  body: Rect,
  places: readonly WaitingPlace[],
  rows: number,
  size: TokenSize,
  now: number,
): readonly Compartment[] {
  const most = (body.height + GAP) / rows - GAP;
  const usual = Math.min(USUAL.height, most);
  if (!crowded(places, size)) return inRowsOf(usual, body, places, rows, size, now);
  const highest = inRowsOf(most, body, places, rows, size, now);
  // As high as the crowd needs, and no higher.
  for (let height = usual; height < most; height += size.height + size.gap) {
    const lower = inRowsOf(height, body, places, rows, size, now);
    if (lossesIn(lower) <= lossesIn(highest)) return lower;
  }
  return highest;
}

function inRowsOf(
  height: number,
  body: Rect,
  places: readonly WaitingPlace[],
  rows: number,
  size: TokenSize,
  now: number,
): readonly Compartment[] {
  const perRow = Math.ceil(places.length / rows);
  return Array.from({ length: rows }, (_, row) => {
    const mine = places.slice(row * perRow, (row + 1) * perRow);
    const widths = shares(mine, body.width - GAP * (mine.length - 1), size);
    let { x } = body;
    return mine.map((place, index) => {
      const rect = { x, y: body.y + row * (height + GAP), width: widths[index] as number, height };
      x += rect.width + GAP;
      return furnish(place, rect, size, now);
    });
  }).flat();
}

/** More waiters than a room of the usual size holds. */
function crowded(places: readonly WaitingPlace[], size: TokenSize): boolean {
  const room = {
    ...USUAL,
    width: USUAL.width - 2 * PADDING,
    height: USUAL.height - TITLE_HEIGHT - STATUS_HEIGHT - PADDING,
  };
  const item = { width: size.width + 22, height: size.height };
  return places.some(({ waiters }) => waiters.length > capacity({ x: 0, y: 0, ...room }, item, size.gap));
}

/** Equal widths, at most the usual one; what is left goes to the crowds, if there are any. */
function shares(places: readonly WaitingPlace[], room: number, size: TokenSize): readonly number[] {
  const least = Math.max(MIN_WIDTH, size.width + 2 * PADDING);
  const equal = room / Math.max(1, places.length);
  if (!crowded(places, size)) return places.map(() => Math.min(USUAL.width, equal));
  const base = Math.min(least, equal);
  const sum = places.reduce((all, { waiters }) => all + waiters.length, 0);
  return places.map(({ waiters }) => base + ((room - base * places.length) * waiters.length) / sum);
}

function furnish(place: WaitingPlace, rect: Rect, size: TokenSize, now: number): Compartment {
  const lines = rect.height >= TITLE_HEIGHT + STATUS_HEIGHT + size.height + PADDING / 2 ? 2 : 1;
  const inside = inset(below(rect, TITLE_HEIGHT + (lines === 2 ? STATUS_HEIGHT : 0)), PADDING, 0);
  const room = { ...inside, height: inside.height - PADDING / 2 };
  const ticks = place.waiters.map(({ blocked }) => ticksLeft(blocked?.until ?? null, now));
  const longest = Math.max(-1, ...ticks.map((left) => left ?? -1));
  const beside = longest < 0 || size.font === 0 ? 0 : textWidth(String(longest), SMALLEST_FONT) + NOTE_GAP + 3;
  const fill = (note: number): Flow => {
    const item = { width: size.width + note, height: size.height };
    return flow(room, { count: place.waiters.length, item, gap: size.gap, direction: 'ltr', align: 'top' });
  };
  const wished = fill(beside);
  // Names say more than the ticks left.
  const found = wished.hidden === 0 ? wished : fill(0);
  const noted = found === wished && beside > 0;
  const waiters = place.waiters.map(({ tid }, index) => {
    const at = found.places[index] ?? found.more ?? room;
    return { tid, rect: { ...at, width: size.width }, ticksLeft: noted ? (ticks[index] ?? null) : null };
  });
  return { place, rect, lines, waiters, hidden: found };
}

/** Whole ticks for which it will still wait. */
function ticksLeft(until: number | null, now: number): number | null {
  return until === null ? null : Math.max(0, until - now);
}
