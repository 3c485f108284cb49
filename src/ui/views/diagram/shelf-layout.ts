import type { ObjectView } from '../../../replay/model.ts';
import type { Rect } from './geometry.ts';
import { fitText, SMALLEST_FONT, textWidth } from './text-width.ts';
import type { WaitingPlace } from './waiting-places.ts';

/** An object shown small: a shared variable with its value, or a lock for which there is no compartment. */
export interface Chip {
  readonly key: string;
  readonly rect: Rect;
  /** Null: "+n", what found no room. */
  readonly object: ObjectView | null;
  readonly name: string;
  readonly value: string;
}

export const CHIP_FONT = 12;
const PADDING = 9;
const GAP = 6;
const ICON = 18;
const MAX_NAME = 150;

/** One row, in order; what does not fit is counted in a last chip. */
export function layoutShelf(
  shelf: Rect | null,
  shelved: readonly ObjectView[],
  left: readonly WaitingPlace[],
): readonly Chip[] {
  const objects = [...shelved, ...left.flatMap(({ object }) => (object === null ? [] : [object]))];
  if (shelf === null || objects.length === 0) return [];
  const chips: Chip[] = [];
  const room = shelf.x + shelf.width;
  const moreWidth = textWidth(`+${objects.length}`, SMALLEST_FONT) + 2 * PADDING;
  let { x } = shelf;
  for (const [index, object] of objects.entries()) {
    const name = fitText(object.name, MAX_NAME, CHIP_FONT);
    const value = object.value === null ? '' : valueText(object.value);
    const width =
      ICON + textWidth(name, CHIP_FONT) + (value === '' ? 0 : textWidth(` = ${value}`, CHIP_FONT)) + 2 * PADDING;
    const last = index === objects.length - 1;
    if (x + width > room - (last ? 0 : moreWidth + GAP)) break;
    chips.push({ key: `chip-${object.id}`, rect: { x, y: shelf.y, width, height: shelf.height }, object, name, value });
    x += width + GAP;
  }
  const missing = objects.length - chips.length;
  if (missing > 0) {
    const rect = { x, y: shelf.y, width: Math.min(moreWidth, room - x), height: shelf.height };
    chips.push({ key: 'chip-more', rect, object: null, name: `+${missing}`, value: '' });
  }
  return chips;
}

/** At most six significant digits, and no trailing zeros. */
export function valueText(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}
