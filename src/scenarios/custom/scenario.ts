import type { Scenario } from '../scenario.ts';

/** Holds the reader's own program, which travels as `code` beside the parameters, and is never run by a link alone. */
export const custom: Scenario = {
  id: 'custom',
  title: { zh: '自己的程序', en: 'Your own program' },
  summary: {
    zh: '用链接带上自己写的 Python 多进程程序，给别人看；本版本只显示，还不能运行它。',
    en: 'Carry a Python program of your own in a link, for others to read; this version shows it and cannot run it yet.',
  },
  parameters: {},
  machine: {},
  workers: null,
  stepBy: 'line',
  launcher: false,
  engines: ['py'],
};
