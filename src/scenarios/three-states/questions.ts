import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: 'P2 在等磁盘（阻塞）。磁盘刚一读完，P2 会怎样？',
      en: 'P2 is Blocked: it waits for the disk. The disk has just finished. What becomes of P2?',
    },
    choices: [
      { zh: '立刻运行', en: 'It is Running at once' },
      { zh: '先回到就绪队列排队', en: 'It joins the Ready queue' },
      { zh: '从新建状态重新开始', en: 'It starts again from New' },
    ],
    answer: 1,
    because: {
      zh: 'I/O 完成只说明 P2 可以继续了，并没有给它 CPU。阻塞之后一定先就绪，再由调度程序选中才运行。',
      en: 'The end of the I/O means that P2 could go on; it gives it no CPU. After Blocked comes Ready, and Running only when the scheduler picks it.',
    },
  },
  {
    prompt: {
      zh: '一个进程用完了自己的时间片，而就绪队列里还有别的进程。它会进入哪个状态？',
      en: 'A process has used up its quantum while others are Ready. Into which state does it go?',
    },
    choices: [
      { zh: '阻塞', en: 'Blocked' },
      { zh: '就绪', en: 'Ready' },
      { zh: '终止', en: 'Terminated' },
    ],
    answer: 1,
    because: {
      zh: '它什么也不缺，只缺 CPU，所以回到就绪队列的末尾。阻塞是自己要等某件事，不是被别人抢走 CPU。',
      en: 'It lacks nothing but a CPU, so it goes to the end of the Ready queue. A process blocks because it waits for something, never because it lost its CPU.',
    },
  },
];
