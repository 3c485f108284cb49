import type { Scenario } from '../scenario.ts';

export const semaphore: Scenario = {
  id: 'semaphore',
  title: { zh: '信号量：练歌房', en: 'The semaphore: a karaoke room' },
  summary: {
    zh: '练歌房只能进 k 个人：信号量的计数器记着还剩几个空位，减到 0，后来的就阻塞排队。',
    en: 'A room for k: the counter of a semaphore says how many places are free, and who finds it at 0 queues.',
  },
  parameters: {
    k: { kind: 'integer', label: { zh: '容纳人数 k', en: 'Places' }, min: 1, max: 8, default: 2 },
    guests: { kind: 'integer', label: { zh: '客人数', en: 'Guests' }, min: 1, max: 12, default: 5 },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: 'guests',
  stepBy: 'line',
  launcher: false,
  questions: [
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
  ],
};
