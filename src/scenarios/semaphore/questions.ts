import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '能容纳 2 人，来了 5 位客人。计数器减到 0 以后，还在门外的有几位？',
      en: 'There is room for 2, and 5 guests come. The counter is at 0. How many of them queue outside?',
    },
    choices: [
      { zh: '2 位', en: '2' },
      { zh: '3 位', en: '3' },
      { zh: '4 位', en: '4' },
    ],
    answer: 1,
    because: {
      zh: '计数器从 2 开始，前两位各减一，进去了。后来的三位看到 0，阻塞在队列里。',
      en: 'The counter begins with 2. The first two take one each and go in; the other three find 0, and block.',
    },
  },
  {
    prompt: {
      zh: '里面 2 位，门外 3 位，计数器是 0。一位客人出来，调用 release()。门外有几位被唤醒？',
      en: 'Two are inside, three outside, the counter is at 0. One guest comes out and calls release(). How many are woken?',
    },
    choices: [
      { zh: '一位', en: 'One' },
      { zh: '三位都醒，抢一个空位', en: 'All three, to fight for the place' },
      { zh: '没有，要等里面的人都出来', en: 'None, until both have left' },
    ],
    answer: 0,
    because: {
      zh: '一次 release 只放出一个空位，所以只唤醒一个等待者。事件的 set 才唤醒全部。',
      en: 'One release frees one place, so it wakes one waiter. It is the set of an event that wakes all of them.',
    },
  },
];
