import type { Scenario } from '../scenario.ts';

export const pipe: Scenario = {
  id: 'pipe',
  title: { zh: '管道', en: 'The pipe' },
  summary: {
    zh: '管道里只有字节：两个读者不加锁，一个拿走长度，一个拿走正文，谁也读不懂；写端没有关干净，读者永远等下去。',
    en: 'A pipe holds bytes: without a lock one reader gets a message’s length, another its rest. And whoever keeps a write end open waits for ever.',
  },
  parameters: {
    messages: { kind: 'integer', label: { zh: '消息数', en: 'Messages' }, min: 1, max: 10, default: 4 },
    readers: { kind: 'integer', label: { zh: '读者数', en: 'Readers' }, min: 1, max: 6, default: 2 },
    locked: { kind: 'boolean', label: { zh: '读者加锁', en: 'Readers take a lock' }, default: false },
    close: { kind: 'boolean', label: { zh: '读者关掉写端', en: 'Readers close the write end' }, default: true },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: 'readers',
  stepBy: 'line',
  // A reader of CPython loses the CPU between a length and its rest where the quantum is this long.
  python: { machine: { quantum: 3 } },
  launcher: false,
};
