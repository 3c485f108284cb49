import type { Rect } from './geometry.ts';
import { SMALLEST_FONT, textWidth } from './text-width.ts';

/** Equal items in rows. */
export interface Flow {
  /** One rectangle for each item that is shown, in the order given. */
  readonly places: readonly Rect[];
  /** Items that found no room, and where their number is written. */
  readonly hidden: number;
  readonly more: Rect | null;
}

export interface FlowOptions {
  readonly count: number;
  readonly item: { readonly width: number; readonly height: number };
  readonly gap: number;
  /** `rtl`: the first item is at the right. */
  readonly direction: 'ltr' | 'rtl';
  readonly align: 'top' | 'centre';
}

const slots = (room: number, size: number, gap: number): number => Math.max(0, Math.floor((room + gap) / (size + gap)));

/** How many items there is room for. */
export function capacity(rect: Rect, item: { readonly width: number; readonly height: number }, gap: number): number {
  return slots(rect.width, item.width, gap) * slots(rect.height, item.height, gap);
}

export function flow(rect: Rect, options: FlowOptions): Flow {
  const { count, item, gap, direction } = options;
  const columns = slots(rect.width, item.width, gap);
  const rows = slots(rect.height, item.height, gap);
  if (count === 0) return { places: [], hidden: 0, more: null };
  if (columns * rows === 0) return { places: [], hidden: count, more: rect };
  const cellAt = cells(rect, options, columns, Math.min(rows, Math.ceil(count / columns)));
  if (count <= columns * rows) return { places: range(count).map(cellAt), hidden: 0, more: null };
  // The number takes the place of the last items: as many as it is wide.
  const badge = Math.min(columns, Math.ceil((textWidth(`+${count}`, SMALLEST_FONT) + gap) / (item.width + gap)));
  const shown = columns * rows - badge;
  const ends = [cellAt(shown), cellAt(columns * rows - 1)];
  const first = direction === 'ltr' ? ends[0] : ends[1];
  const more = { ...(first as Rect), width: badge * (item.width + gap) - gap };
  return { places: range(shown).map(cellAt), hidden: count - shown, more };
}

function cells(rect: Rect, { item, gap, direction, align }: FlowOptions, columns: number, rows: number) {
  const height = rows * (item.height + gap) - gap;
  const top = align === 'top' ? rect.y : rect.y + (rect.height - height) / 2;
  return (index: number): Rect => {
    const along = (index % columns) * (item.width + gap);
    const x = direction === 'ltr' ? rect.x + along : rect.x + rect.width - item.width - along;
    return { x, y: top + Math.floor(index / columns) * (item.height + gap), width: item.width, height: item.height };
  };
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
