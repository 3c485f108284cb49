import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: 'H1 走得最快，第一个到 1 号站，调用 wait()。它什么时候往下走？',
      en: 'H1 walks fastest, is the first at hut 1, and calls wait(). When does it go on?',
    },
    choices: [
      { zh: '马上', en: 'At once' },
      { zh: '等第二个人到了，有伴就走', en: 'When a second one is there' },
      { zh: '等最慢的 H3 也到了', en: 'When H3, the slowest, is there, too' },
    ],
    answer: 2,
    because: {
      zh: '栅栏数着到了几个，不到 3 个不开。最后一个到的不用等，它一到，大家一起走。',
      en: 'The barrier counts who has come, and opens at 3. The last to come need not wait: it lets all of them go.',
    },
  },
  {
    prompt: {
      zh: '栅栏要 3 个人，只来了 2 个。到了 1 号站以后会怎样？',
      en: 'The barrier is for 3, but only 2 have come. What happens at hut 1?',
    },
    choices: [
      { zh: '过一会儿，两个人先走', en: 'After a while the two go on' },
      { zh: '两个人一直等下去', en: 'The two wait for ever' },
      { zh: '抛出异常，说人数不够', en: 'An exception says that one is missing' },
    ],
    answer: 1,
    because: {
      zh: '栅栏只会数数，不知道第三个人不来了。打开“有一个人没来”看看；只有 wait(timeout) 才会有个了断。',
      en: 'A barrier only counts. It cannot know that nobody else will come. Let one stay at home, and see; only wait(timeout) makes an end of it.',
    },
  },
];
