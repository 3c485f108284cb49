import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '五位哲学家都先拿左边的叉子，再等右边的。有几位能吃上？',
      en: 'All five take their left fork first, then wait for the right one. How many get to eat?',
    },
    choices: [
      { zh: '一位也没有', en: 'None' },
      { zh: '两位', en: 'Two' },
      { zh: '五位，只是有先有后', en: 'All five, one after another' },
    ],
    answer: 0,
    because: {
      zh: '每人手里一把，等的那把在右边的人手里。五个人等成一个环，谁也不放手。',
      en: 'Each has one fork, and his right neighbour has the one he waits for. Five of them wait in a circle, and none lets go.',
    },
  },
  {
    prompt: {
      zh: '只要有一位改成先拿右边的叉子，最多还会有几个人等成一个环？',
      en: 'Now one of them takes his right fork first. How many can still wait in a circle?',
    },
    choices: [
      { zh: '五个，照旧', en: 'Five, as before' },
      { zh: '四个', en: 'Four' },
      { zh: '零个，环不可能出现', en: 'None: there can be no circle' },
    ],
    answer: 2,
    because: {
      zh: '这时每个人都是先拿编号小的，再拿编号大的。沿着等待的方向编号只增不减，绕不回来。把办法换成“先拿编号小的”看看。',
      en: 'Now everybody takes the lower number first. Along a chain of waiting the numbers only rise, so it cannot come back to its start. Try the cure “lower number first”.',
    },
  },
];
