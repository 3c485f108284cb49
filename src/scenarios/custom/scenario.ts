import type { Scenario } from '../scenario.ts';

/** Holds the reader's own program, which travels as `code` beside the parameters, and is never run by a link alone. */
export const custom: Scenario = {
  id: 'custom',
  title: { zh: '自己的程序', en: 'Your own program' },
  summary: {
    zh: '把自己写的 Python 多进程程序放进实验室，看它的每一次状态变化。',
    en: 'Put a Python program of your own into the laboratory and watch every change of state.',
  },
  parameters: {},
  machine: {},
  workers: null,
  stepBy: 'line',
  launcher: false,
  engines: ['py'],
  questions: [],
};
