import type { Scenario } from '../scenario.ts';

/** Holds the reader's own program, which travels as `code` beside the parameters, and is never run by a link alone. */
export const custom: Scenario = {
  id: 'custom',
  title: { zh: '自己的程序', en: 'Your own program' },
  summary: {
    zh: '写一个自己的 Python 多进程、多线程程序，在这里运行，再用链接带给别人。',
    en: 'Write a Python program of your own with processes and threads, run it here, and carry it to others in a link.',
  },
  parameters: {},
  machine: {},
  workers: null,
  stepBy: 'line',
  launcher: false,
  engines: ['py'],
};
