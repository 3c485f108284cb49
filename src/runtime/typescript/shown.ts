import { str } from './format.ts';

/** Characters of a value that a record shows. */
const SHOWN = 60;

/** A value as `print` would show it, on one line, and shortened: for records that tell what was stored or sent. */
export function shown(value: unknown): string {
  const text = str(value).replaceAll('\n', '⏎');
  const characters = Array.from(text);
  return characters.length <= SHOWN ? text : `${characters.slice(0, SHOWN - 1).join('')}…`;
}
