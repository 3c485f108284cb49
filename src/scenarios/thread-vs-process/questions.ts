import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '先用 2 个线程、再用 2 个进程跑接力。整个运行里一共有几个 pid？',
      en: 'A relay by 2 threads, then one by 2 processes. How many pids are there in the whole run?',
    },
    choices: [
      { zh: '1 个', en: '1' },
      { zh: '3 个', en: '3' },
      { zh: '5 个', en: '5' },
    ],
    answer: 1,
    because: {
      zh: '两个线程就在主线程的进程里，pid 都是 1；两个子进程各有一个新的 pid。一共 1 + 2。',
      en: 'The two threads live in the main thread’s process, pid 1. The two processes have a new one each. 1 + 2.',
    },
  },
  {
    prompt: {
      zh: '单步模式里，每执行一步算一个 tick。在 TypeScript 程序里，开启 2 个线程和开启 2 个进程，哪个用的 tick 多？',
      en: 'In stepped mode every step is one tick. Which takes more ticks to start in TypeScript, 2 threads or 2 processes?',
    },
    choices: [
      { zh: '线程', en: 'The threads' },
      { zh: '进程', en: 'The processes' },
      { zh: '一样多', en: 'Neither' },
    ],
    answer: 2,
    because: {
      zh: '两边的程序一步不差。进程贵在操作系统替它做的事：建地址空间、起解释器；那些都不是程序的步。要量它，得用真实的时间。（Python 的新进程还要先导入你的文件，那几步算得到。）',
      en: 'Step by step both are the same program. What makes processes expensive is what the operating system does for them, an address space, an interpreter, and that is no step of the program. It takes real time to measure it. (In Python a new process first imports your file, and those steps do count.)',
    },
  },
];
