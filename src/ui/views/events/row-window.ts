/** The rows of a long list that are in view. */
export interface RowWindow {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
  /** Upper edge of the first row, from the upper edge of the box: not above 0 by more than a row. */
  readonly top: number;
}

/** No browser lays out a box of any height (Firefox ends at 17.8 million pixels); from here on scrolling goes by shares. */
const MAX_PIXELS = 8_000_000;

/** Height of the content to scroll through. */
export function contentHeight(count: number, row: number): number {
  return Math.min(count * row, MAX_PIXELS);
}

/** The rows to draw at a scroll position. */
export function windowAt(count: number, row: number, scrollTop: number, box: number): RowWindow {
  const place = Math.max(0, scrollTop) * stretch(count, row, box);
  const first = Math.max(0, Math.min(Math.floor(place / row), Math.max(0, count - 1)));
  const end = Math.min(count, first + Math.ceil(box / row) + 1);
  return { first, end, top: first * row - place };
}

/** The scroll position that shows row `index`, moving as little as it can; the position itself when it shows it already. */
export function scrollTo(index: number, count: number, row: number, scrollTop: number, box: number): number {
  const factor = stretch(count, row, box);
  const place = scrollTop * factor;
  const top = index * row;
  if (top < place) return top / factor;
  if (top + row > place + box) return (top + row - box) / factor;
  return scrollTop;
}

/** Pixels of rows that go by for each pixel scrolled: 1 until the list is too long. */
function stretch(count: number, row: number, box: number): number {
  const whole = count * row;
  return whole <= MAX_PIXELS ? 1 : (whole - box) / (MAX_PIXELS - box);
}
