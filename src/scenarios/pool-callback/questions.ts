import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '任务由 pid 2 和 pid 3 完成，主进程是 pid 1。回调函数 save 打印的是哪个 pid？',
      en: 'The tasks are done by pid 2 and pid 3; the main process is pid 1. Which pid does the callback save print?',
    },
    choices: [
      { zh: '做这个任务的子进程的', en: 'That of the child that did the task' },
      { zh: '1，主进程的', en: '1, that of the main process' },
      { zh: '4，另外一个进程的', en: '4: it has a process of its own' },
    ],
    answer: 1,
    because: {
      zh: '子进程只把返回值送回来，主进程收到后自己调用回调函数。所以回调函数看得见主进程的变量。',
      en: 'The child only sends back what its task returned; the main process calls the function. So it sees the main process’s variables.',
    },
  },
  {
    prompt: {
      zh: '主线程在 workers.join() 上阻塞。这时候一个任务做完了，它的回调函数什么时候运行？',
      en: 'The main thread is Blocked in workers.join(), and a task comes back. When does its callback run?',
    },
    choices: [
      { zh: '等 join 返回以后', en: 'When join has returned' },
      { zh: '主线程被唤醒，运行回调函数，再接着等', en: 'At once: the main thread is woken, calls it, and waits on' },
      { zh: '马上，在主进程的另一个线程里', en: 'At once, in another thread of the main process' },
    ],
    answer: 2,
    because: {
      zh: '池在主进程里有一个收结果的线程，回调函数由它调用。主线程从头到尾都阻塞在 join 上。',
      en: 'The pool has a thread in the main process that collects results, and that one calls it. The main thread stays Blocked.',
    },
  },
];
