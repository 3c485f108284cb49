import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '父进程打印第一行，开启子进程，睡 0.2 秒，再打印第二行。子进程的那一行在哪里？',
      en: 'The parent prints a line, starts the child, sleeps for 0.2 s and prints another. Where is the child’s line?',
    },
    choices: [
      { zh: '在父进程的两行之间', en: 'Between the parent’s two' },
      { zh: '在最后', en: 'At the end' },
      { zh: '在最前', en: 'At the beginning' },
    ],
    answer: 0,
    because: {
      zh: '父进程睡着的时候处于阻塞，CPU 归子进程。但这只是时间上赶巧：只有 join 才真正保证次序。',
      en: 'While the parent sleeps it is Blocked, and the child has the CPU. It is only a matter of timing, though: what guarantees the order is join.',
    },
  },
  {
    prompt: {
      zh: 'child.start() 返回的那一刻，子进程执行到哪里了？',
      en: 'At the moment when child.start() returns, how far has the child come?',
    },
    choices: [
      { zh: '已经执行完', en: 'It has ended' },
      { zh: '执行到一半', en: 'It is half-way through' },
      { zh: '一行也没有执行', en: 'It has not executed a line' },
    ],
    answer: 2,
    because: {
      zh: 'start 只是请求创建进程。子进程先是新建，下一个时钟滴答才就绪，轮到它才运行；父进程不等它。',
      en: 'start only asks for the process. The child is New, becomes Ready at the next tick, and runs when its turn comes; the parent does not wait.',
    },
  },
];
