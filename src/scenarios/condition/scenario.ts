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
        { value: 'if', label: { zh: 'if：醒来就做', en: 'if: wake and go on' } },
        { value: 'while', label: { zh: 'while：醒来再看一眼', en: 'while: wake and look again' } },
      ],
      default: 'if',
    },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: 'consumers',
  stepBy: 'line',
  launcher: false,
  questions: [
    {
      prompt: {
        zh: '货架是空的，两位顾客都在 wait。面包师放上一个面包，调用 notifyAll()。用 if 等的时候，卖出几个？',
        en: 'The shelf is empty, two customers are in wait. The baker brings one loaf and calls notifyAll(). Waiting with if: how many loaves are taken?',
      },
      choices: [
        { zh: '一个，另一位继续等', en: 'One; the other customer goes on waiting' },
        { zh: '两个，货架上剩 −1 个', en: 'Two, and −1 is left on the shelf' },
        { zh: '一个也没有', en: 'None' },
      ],
      answer: 1,
      because: {
        zh: '两位都被叫醒，先后拿到锁。第一位拿走面包；第二位不再看货架，照样减一。',
        en: 'Both are woken, and get the lock one after the other. The first takes the loaf. The second does not look again, and takes it as well.',
      },
    },
    {
      prompt: {
        zh: '顾客在 wait 里等的时候，条件变量的那把锁在谁手里？',
        en: 'While a customer waits in wait(), who has the lock of the condition?',
      },
      choices: [
        { zh: '在这位顾客手里', en: 'That customer' },
        { zh: '不在他手里：wait 已经把锁放开了', en: 'Not he: wait has given it back' },
      ],
      answer: 1,
      because: {
        zh: 'wait 先放开锁再阻塞，否则面包师进不来，货架永远是空的。醒来以后，要重新拿到锁才返回。',
        en: 'wait gives the lock back before it blocks; else no baker could come in, and the shelf would stay empty. Woken, it must take the lock again before it returns.',
      },
    },
  ],
};
