import { anchorFor } from '../replay/anchors.ts';

const OF_ONE_PROGRAM = /<div data-program="(?<language>ts|py)">.*?<\/div>/gs;

/** Texts of the links to events in a lesson's HTML, in their order. */
const linksOf = (html: string): string[] =>
  [...html.matchAll(/data-event="([^"]*)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));

/** The HTML of what is shown when the program of this language is chosen. */
export const shownFor = (html: string, language: 'ts' | 'py'): string =>
  html.replace(OF_ONE_PROGRAM, (block, own) => (own === language ? block : ''));

/** The events that the text links to when the program of this language is chosen. */
export function anchorsOf(html: string, language: 'ts' | 'py'): string[] {
  return linksOf(shownFor(html, language)).map((link) => anchorFor(link, language));
}
