import type { Scenario } from '../scenario.ts';

export const lock: Scenario = {
  id: 'lock',
  title: { zh: '互斥锁：抢票', en: 'The lock: selling tickets' },
  summary: {
    zh: '几个进程抢几张票：不加锁，卖出的比有的多；加了锁，一张不多，一张不少。',
    en: 'Several processes buy a few tickets: without the lock more are sold than there are, with it exactly as many.',
  },
  parameters: {
    buyers: { kind: 'integer', label: { zh: '买票人数', en: 'Buyers' }, min: 1, max: 20, default: 4 },
    tickets: { kind: 'integer', label: { zh: '票数', en: 'Tickets' }, min: 0, max: 20, default: 2 },
    locked: { kind: 'boolean', label: { zh: '加锁', en: 'With the lock' }, default: false },
    think: {
      kind: 'integer',
      label: { zh: '考虑多久（1/100 秒）', en: 'Time to think (1/100 s)' },
      min: 0,
      max: 100,
      default: 0,
    },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: 'buyers',
  stepBy: 'line',
  launcher: false,
};
