import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '全局变量 counter 是 0，两个线程各做三次 counter += 1，没有锁。最后主线程看到几？',
      en: 'The global counter is 0. Two threads do counter += 1 three times each, without a lock. What does the main thread see in the end?',
    },
    choices: [
      { zh: '0：线程改的是自己的一份', en: '0: each thread changes one of its own' },
      { zh: '6', en: '6' },
      { zh: '少于 6', en: 'Less than 6' },
    ],
    answer: 2,
    because: {
      zh: '两个线程改的是同一个变量，但 counter += 1 是一读一写。中间被打断，两个人就写回同一个数，丢了一次。',
      en: 'Both change the same variable, but counter += 1 is a load and a store. Interrupted in between, two of them store the same number, and one addition is lost.',
    },
  },
  {
    prompt: {
      zh: '把线程换成进程，别的都不变。最后主线程看到几？',
      en: 'Now with processes in place of threads, and nothing else changed. What does the main thread see?',
    },
    choices: [
      { zh: '0', en: '0' },
      { zh: '3', en: '3' },
      { zh: '6', en: '6' },
    ],
    answer: 0,
    because: {
      zh: '每个进程有自己的一份 counter，各自从 0 加到 3；父进程的那份没有人动过。把“用什么做”换成进程看看。',
      en: 'Each process has a counter of its own, and takes that from 0 to 3. Nobody touches the parent’s. Choose processes, and see.',
    },
  },
];
