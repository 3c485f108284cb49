import type { Scenario } from '../scenario.ts';

export const manager: Scenario = {
  id: 'manager',
  title: { zh: 'Manager：由服务器进程保管数据', en: 'The manager: a server keeps the data' },
  summary: {
    zh: '字典放在一个服务器进程里，谁要用，都得向它请求。data.n -= 1 是两次请求，一读一写，不加锁就会少减；append 只有一次，从来不丢。',
    en: 'A dict lives in a server process, and others ask it. data.n -= 1 is two requests, and without a lock some are lost; append is one, and never is.',
  },
  parameters: {
    workers: { kind: 'integer', label: { zh: '进程数', en: 'Workers' }, min: 1, max: 8, default: 2 },
    rounds: { kind: 'integer', label: { zh: '各减几次', en: 'Subtractions by each' }, min: 1, max: 10, default: 3 },
    locked: { kind: 'boolean', label: { zh: '加锁', en: 'With the lock' }, default: false },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: 'workers',
  stepBy: 'line',
  launcher: false,
};
