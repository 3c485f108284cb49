import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '信号量的初值是 2，有 5 个任务。第一个任务正在做的时候，一共开启了几个子进程？',
      en: 'The semaphore begins with 2, there are 5 tasks. While the first two are being done: how many children have been started?',
    },
    choices: [
      { zh: '2 个，信号量只放进 2 个', en: '2, since the semaphore lets in 2' },
      { zh: '3 个，2 个在里面，1 个在门口', en: '3: two are inside, one is at the door' },
      { zh: '5 个，一个任务一个', en: '5, one for each task' },
    ],
    answer: 2,
    because: {
      zh: '信号量限制的是同时进去几个，不是开启几个。另外 3 个都已经在那里，占着内存，阻塞在 acquire 上。',
      en: 'It limits how many are inside, not how many there are. The other three have been started, take memory, and are Blocked.',
    },
  },
  {
    prompt: {
      zh: '换成 2 个进程的池。任务 3 由谁来做？',
      en: 'Now a pool of 2. Who does task 3?',
    },
    choices: [
      { zh: '为它新开启的进程', en: 'A process that is started for it' },
      { zh: '做完前面任务的两个进程之一', en: 'One of the two that have done a task before' },
      { zh: '主进程，池已经满了', en: 'The main process, since the pool is full' },
    ],
    answer: 1,
    because: {
      zh: '池里的进程做完一个任务，就去取下一个。看 pid：后一半输出里只有两个。',
      en: 'A process that has done a task takes the next one. Look at the pids: the second half of the output has only two.',
    },
  },
];
