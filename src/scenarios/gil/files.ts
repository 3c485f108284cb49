export { default as en } from './lesson.en.md?html';
export { default as zh } from './lesson.zh.md?html';
export { default as py } from './program.py?listing';
export { NO_LISTING as ts } from '../no-listing.ts';
export { questions } from './questions.ts';
