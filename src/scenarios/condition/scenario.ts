import type { Scenario } from '../scenario.ts';

export const condition: Scenario = {
  id: 'condition',
  title: { zh: '条件变量：生产者与消费者', en: 'The condition: producer and consumer' },
  summary: {
    zh: '两位顾客等一个面包，醒来不再看一眼货架就伸手：一个面包卖了两次，还剩 −1 个。把 if 换成 while 就好了。',
    en: 'Two customers wait for a loaf, wake, and take it without another look: −1 left. Where it says if, it must say while.',
  },
  parameters: {
    producers: {
      kind: 'integer',
      label: { zh: '面包师（生产者）', en: 'Bakers (producers)' },
      min: 1,
      max: 4,
      default: 1,
    },
    consumers: {
      kind: 'integer',
      label: { zh: '顾客（消费者）', en: 'Customers (consumers)' },
      min: 1,
      max: 4,
      default: 2,
    },
    room: { kind: 'integer', label: { zh: '货架能放几个', en: 'Room on the shelf' }, min: 1, max: 5, default: 1 },
    waiting: {
      kind: 'choice',
      label: { zh: '怎样等', en: 'How they wait' },
      choices: [
        { value: 'if', label: { zh: 'if：醒来就做', en: 'if: go on' } },
        { value: 'while', label: { zh: 'while：醒来再看一眼', en: 'while: look again' } },
      ],
      default: 'if',
    },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: 'consumers',
  stepBy: 'line',
  launcher: false,
};
