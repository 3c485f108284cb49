import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [];
