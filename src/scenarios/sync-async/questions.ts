import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '同步调用第 1 个任务之后，调用者在做什么？',
      en: 'The caller has called task 1 synchronously. What does it do now?',
    },
    choices: [
      { zh: '运行：一遍遍查看任务做完没有', en: 'It is Running: it checks again and again whether the task is done' },
      { zh: '阻塞：任务结束之前什么也不做', en: 'It is Blocked: until the task has ended it does nothing' },
      { zh: '就绪：随时可以运行', en: 'It is Ready: it could run at any time' },
    ],
    answer: 1,
    because: {
      zh: '它在 join 里等任务结束，不占 CPU，给它 CPU 也没有用：这就是阻塞。',
      en: 'It waits for the end of the task in join. It uses no CPU, and a CPU would be of no use to it: Blocked.',
    },
  },
  {
    prompt: {
      zh: '把第 2 个任务设为失败。同步调用时，第 3 个任务会怎样？',
      en: 'Now let task 2 fail. If the tasks are called synchronously, what becomes of task 3?',
    },
    choices: [
      { zh: '照常开始', en: 'It is started as usual' },
      { zh: '根本不会开始', en: 'It is never started' },
      { zh: '代替第 2 个任务重做', en: 'It does the work of task 2' },
    ],
    answer: 1,
    because: {
      zh: '同步的调用者依赖任务的结果：任务失败，调用者也跟着失败，轮不到第 3 个。异步时它照常开始，调用者毫不知情。',
      en: 'A synchronous caller depends on its task: when that fails it fails too, before it comes to task 3. Asynchronously task 3 starts as usual, and the caller notices nothing.',
    },
  },
];
