import type { Scenario } from '../scenario.ts';

export const semaphore: Scenario = {
  id: 'semaphore',
  title: { zh: '信号量：练歌房', en: 'The semaphore: a karaoke room' },
  summary: {
    zh: '练歌房只能进 k 个人：信号量的计数器记着还剩几个空位，减到 0，后来的就阻塞排队。',
    en: 'A room for k: the counter of a semaphore says how many places are free; whoever finds it at 0 queues.',
  },
  parameters: {
    k: { kind: 'integer', label: { zh: '容纳人数 k', en: 'Places' }, min: 1, max: 8, default: 2 },
    guests: { kind: 'integer', label: { zh: '客人数', en: 'Guests' }, min: 1, max: 12, default: 5 },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: 'guests',
  stepBy: 'line',
  launcher: false,
};
