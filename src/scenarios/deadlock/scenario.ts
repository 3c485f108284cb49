import type { Scenario } from '../scenario.ts';

export const deadlock: Scenario = {
  id: 'deadlock',
  title: { zh: '死锁', en: 'Deadlock' },
  summary: {
    zh: '两个进程都要两把锁，拿锁的次序相反：各拿一把，谁也等不到另一把。',
    en: 'Two processes need the same two locks and take them in opposite order: each has one, and neither gets the other.',
  },
  parameters: {
    ordered: { kind: 'boolean', label: { zh: '按同一次序拿锁', en: 'Both in the same order' }, default: false },
    pause: {
      kind: 'integer',
      label: { zh: '拿两把锁之间隔多久（1/100 秒）', en: 'Time between the two locks (1/100 s)' },
      min: 0,
      max: 100,
      default: 5,
    },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: null,
  stepBy: 'line',
  launcher: false,
};
