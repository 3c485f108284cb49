import type { Scenario } from '../scenario.ts';

export const rlock: Scenario = {
  id: 'rlock',
  title: { zh: '递归锁 RLock', en: 'The recursive lock' },
  summary: {
    zh: '拿着锁的函数又调用一个要拿这把锁的函数：普通锁等的是自己，永远等下去；递归锁只把次数加一。',
    en: 'A function that holds a lock calls another that takes it: with a Lock it waits for itself, an RLock counts to two.',
  },
  parameters: {
    kind: {
      kind: 'choice',
      label: { zh: '锁的种类', en: 'Kind of lock' },
      choices: [
        { value: 'Lock', label: { zh: 'Lock：普通锁', en: 'Lock: a plain one' } },
        { value: 'RLock', label: { zh: 'RLock：递归锁', en: 'RLock: a recursive one' } },
      ],
      default: 'Lock',
    },
    clerks: { kind: 'integer', label: { zh: '职员数', en: 'Clerks' }, min: 1, max: 8, default: 2 },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: 'clerks',
  stepBy: 'line',
  launcher: false,
};
