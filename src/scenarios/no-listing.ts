import type { Listing } from './scenario.ts';

/** Of a lesson that is only in Python: there is no TypeScript program. */
export const NO_LISTING: Listing = { language: 'ts', source: '', lines: [] };
