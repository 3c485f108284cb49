import type { Listing } from '../scenario.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A line of a program as HTML, everything escaped. */
export function plainLine(line: string): string {
  return line.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** The listing of a program that came with a link or from `procession.program(source)`: plain, everything escaped. */
export function plainListing(source: string): Listing {
  const lines = source.replace(/\r\n?/g, '\n').trimEnd().split('\n');
  return {
    language: 'py',
    source,
    lines: lines.map(plainLine),
  };
}
