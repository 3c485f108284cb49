import { str } from './format.ts';

/** Characters of a value that a record shows. */
const SHOWN = 40;

/** A value as `print` would show it, on one line, and shortened: for records that tell what was stored or sent. */
export function shown(value: unknown): string {
  const text = str(value);
  // A character takes at most two code units, so of a long text only the beginning need be looked at.
  const beginning = Array.from(text.slice(0, 2 * SHOWN));
  const isWhole = text.length <= 2 * SHOWN && beginning.length <= SHOWN;
  return (isWhole ? text : `${beginning.slice(0, SHOWN - 1).join('')}…`).replaceAll('\n', '⏎');
}
