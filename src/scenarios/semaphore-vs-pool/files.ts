export { default as en } from './lesson.en.md?html';
export { default as zh } from './lesson.zh.md?html';
export { default as py } from './program.py?listing';
export { default as ts } from './program.ts?listing';
export { questions } from './questions.ts';
