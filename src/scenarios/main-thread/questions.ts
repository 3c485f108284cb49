import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '主线程打印完最后一行就结束了，子线程 save 还有三段没有保存。save 会怎样？',
      en: 'The main thread prints its last line and ends. The thread save has three parts left to save. What becomes of it?',
    },
    choices: [
      { zh: '主线程一结束，进程就没了，save 被掐断', en: 'The process ends with its main thread, and save is cut off' },
      { zh: '照样保存完，进程才结束', en: 'It saves all three, and only then the process ends' },
      { zh: '变成一个单独的进程', en: 'It becomes a process of its own' },
    ],
    answer: 1,
    because: {
      zh: 'save 不是守护线程。CPython 的进程要等最后一个非守护线程结束才退出，写不写 join 都一样。',
      en: 'save is no daemon. A CPython process ends when its last non-daemon thread has ended, whether anybody joins it or not.',
    },
  },
  {
    prompt: {
      zh: 'show 是守护线程，要显示 8 次。它能打印 “show has ended” 吗？',
      en: 'show is a daemon thread and wants to show something 8 times. Does it print “show has ended”?',
    },
    choices: [
      { zh: '能，进程也会等它', en: 'Yes, the process waits for it, too' },
      { zh: '不能，主线程一结束它就停了', en: 'No, it stops when the main thread ends' },
      { zh: '不能，save 一结束它就被掐断', en: 'No, it is cut off when save ends' },
    ],
    answer: 2,
    because: {
      zh: '没有人等守护线程。save 是最后一个非守护线程，它一结束，进程退出，show 做到哪儿算哪儿。',
      en: 'Nobody waits for a daemon. save is the last thread that is none: when it ends the process does, wherever show may be.',
    },
  },
];
