import { loadTexts } from './translate.ts';

// Tests speak both, and at once.
await Promise.all([loadTexts('zh'), loadTexts('en')]);
