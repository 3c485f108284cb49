import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '全局变量 counter 是 100，三个子进程各把它减 10。三个子进程打印出的数是？',
      en: 'The global counter is 100, and three children each take 10 off it. Which numbers do the three print?',
    },
    choices: [
      { zh: '90、80、70', en: '90, 80, 70' },
      { zh: '90、90、90', en: '90, 90, 90' },
      { zh: '70、70、70', en: '70, 70, 70' },
    ],
    answer: 1,
    because: {
      zh: '每个子进程都有自己的一份 counter，都从 100 减起；谁也看不到别人的改动。',
      en: 'Each child has a counter of its own and begins with 100. None of them sees what another has done.',
    },
  },
  {
    prompt: {
      zh: '子进程都结束之后，父进程打印自己的 counter，是多少？',
      en: 'All children have ended, and the parent prints its own counter. What is it?',
    },
    choices: [
      { zh: '100', en: '100' },
      { zh: '90', en: '90' },
      { zh: '70', en: '70' },
    ],
    answer: 0,
    because: {
      zh: '没有人动过父进程的 counter。真正共享的是 Value：它才从 100 变成了 70。',
      en: 'Nobody has touched the parent’s counter. What is shared is the Value: that one went from 100 to 70.',
    },
  },
];
