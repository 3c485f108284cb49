import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '池里有 2 个进程，要做 4 个任务。从头到尾，一共会有几个子进程？',
      en: 'The pool has 2 processes, and there are 4 tasks. How many child processes will there have been?',
    },
    choices: [
      { zh: '2 个', en: '2' },
      { zh: '4 个，一个任务一个', en: '4, one for each task' },
      { zh: '最多同时 2 个，一共 4 个', en: '2 at a time, 4 in all' },
    ],
    answer: 0,
    because: {
      zh: '进程只开启一次：做完一个任务不结束，再去取下一个。看输出，一共只有两个 pid。',
      en: 'They are started once. One that has done a task does not end but takes the next: the output has two pids.',
    },
  },
  {
    prompt: {
      zh: '用 apply_async 交任务。打印 “All tasks are handed in” 的时候，有几个任务做完了？',
      en: 'The tasks are handed in with apply_async. How many are done when “All tasks are handed in” is printed?',
    },
    choices: [
      { zh: '一个也没有', en: 'None' },
      { zh: '2 个，池里有 2 个进程', en: '2, as many as there are processes' },
      { zh: '4 个', en: 'All 4' },
    ],
    answer: 0,
    because: {
      zh: 'apply_async 只是把任务放进队列，马上返回。每个任务要 20 个时钟滴答，交完的时候谁也没做完。',
      en: 'apply_async only puts a task into the queue, and returns. A task takes more than 20 ticks, so nobody is that far.',
    },
  },
];
