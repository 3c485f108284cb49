import type { Listing } from '../scenario.ts';

export { default as en } from './lesson.en.md?html';
export { default as zh } from './lesson.zh.md?html';
export { default as py } from './program.py?listing';

/** There is no TypeScript program: the reader's own is Python. */
export const ts: Listing = { language: 'ts', source: '', lines: [] };
export { questions } from './questions.ts';
