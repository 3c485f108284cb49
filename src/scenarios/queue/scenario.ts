import type { Scenario } from '../scenario.ts';

export const queue: Scenario = {
  id: 'queue',
  title: { zh: '队列 = 管道 + 锁', en: 'The queue: a pipe and locks' },
  summary: {
    zh: '生产者放，消费者取：满了 put 阻塞，空了 get 阻塞；列表、字典、字节、大整数，原样到达。',
    en: 'Producers put, consumers get: put blocks when it is full, get when it is empty, and values of any kind arrive equal.',
  },
  parameters: {
    producers: { kind: 'integer', label: { zh: '生产者', en: 'Producers' }, min: 1, max: 4, default: 1 },
    consumers: { kind: 'integer', label: { zh: '消费者', en: 'Consumers' }, min: 1, max: 4, default: 2 },
    items: { kind: 'integer', label: { zh: '每人放几个', en: 'Items by each' }, min: 1, max: 10, default: 5 },
    size: { kind: 'integer', label: { zh: '队列容量', en: 'Room' }, min: 1, max: 5, default: 2 },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: 'consumers',
  stepBy: 'line',
  launcher: false,
};
