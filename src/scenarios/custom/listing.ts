import type { Listing } from '../scenario.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The listing of a program that came with a link or from `procession.program(source)`: plain, everything escaped. */
export function plainListing(source: string): Listing {
  const lines = source.replace(/\r\n?/g, '\n').trimEnd().split('\n');
  return {
    language: 'py',
    source,
    lines: lines.map((line) => line.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)),
  };
}
