import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
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
];
