import type { RawLink } from './link-text.ts';

/** Version of the link format that this page writes. */
export const LINK_VERSION = 1;

/**
 * One function per version that was ever in use, at its own number: it turns a link of that version into one of the next,
 * with its checks left to the reader of the newest. The list is as long as the history: version 1 is the first, so none yet.
 */
const UPGRADERS: Readonly<Record<number, (link: RawLink) => RawLink>> = {};

/** Precondition: 1 ≤ version ≤ LINK_VERSION. */
export function upgrade(link: RawLink, version: number): RawLink {
  let upgraded = link;
  for (let from = version; from < LINK_VERSION; from += 1) upgraded = UPGRADERS[from]?.(upgraded) ?? upgraded;
  return upgraded;
}
