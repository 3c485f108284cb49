import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '只有 2 张票，4 个人来买，没有锁。有几个人会“买到票”？',
      en: 'There are 2 tickets and 4 buyers, and no lock. How many buyers will say that they bought one?',
    },
    choices: [
      { zh: '2 个', en: '2' },
      { zh: '多于 2 个', en: 'More than 2' },
      { zh: '少于 2 个', en: 'Fewer than 2' },
    ],
    answer: 1,
    because: {
      zh: '后来的人在前一个人写回之前就读了余票数，读到的是旧值，于是同一张票卖了不止一次。',
      en: 'Buyers read the counter before an earlier one has written it back. They act on an old value, and one ticket is sold more than once.',
    },
  },
  {
    prompt: {
      zh: '“读余票、判断、写回”这几步中，最危险的时刻是哪一个？',
      en: 'A sale is: load the counter, check it, store it. When is it most dangerous to lose the CPU?',
    },
    choices: [
      { zh: '读之前', en: 'Before the load' },
      { zh: '读与写之间', en: 'Between load and store' },
      { zh: '写之后', en: 'After the store' },
    ],
    answer: 1,
    because: {
      zh: '读与写之间，手里的 left 只是一份旧拷贝。这一段就是临界区，锁要保护的正是它。',
      en: 'Between the two, left is a copy that may have grown old. This stretch is the critical section, and it is what the lock protects.',
    },
  },
];
