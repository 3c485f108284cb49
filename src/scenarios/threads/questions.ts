import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '主线程的 pid 是 1。它开启一个进程和一个线程，两个都打印自己的 pid。哪一个打印 1？',
      en: 'The main thread’s pid is 1. It starts a process and a thread, and both print their pid. Which of them prints 1?',
    },
    choices: [
      { zh: '都不是', en: 'Neither' },
      { zh: '线程', en: 'The thread' },
      { zh: '两个都是', en: 'Both' },
    ],
    answer: 1,
    because: {
      zh: 'pid 是进程的编号。线程没有自己的进程，它就在主线程的那个进程里；子进程是另一个进程，有另一个 pid。',
      en: 'A pid is the number of a process. A thread has none of its own: it runs in the main thread’s process. A child process is another one.',
    },
  },
  {
    prompt: {
      zh: '主线程调用 sleep(1)，阻塞了。这段时间里，同一进程的另一个线程呢？',
      en: 'The main thread calls sleep(1) and is Blocked. Meanwhile, what of the other thread of the same process?',
    },
    choices: [
      { zh: '也停下，整个进程都睡着了', en: 'It stops as well: the whole process sleeps' },
      { zh: '照样运行', en: 'It goes on' },
    ],
    answer: 1,
    because: {
      zh: '就绪、运行、阻塞是线程的状态，不是进程的。睡着的是主线程，调度程序照样可以选别的线程。',
      en: 'Ready, Running and Blocked are states of a thread, not of a process. The main thread sleeps, and the scheduler may pick the other.',
    },
  },
];
