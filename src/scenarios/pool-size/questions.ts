import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '2 个 CPU，6 个任务，一直在计算（等待设备占 0%）。池从 2 个进程加到 8 个，会快多少？',
      en: '2 CPUs, 6 tasks that do nothing but compute (share of I/O 0 %). How much do 8 processes gain over 2?',
    },
    choices: [
      { zh: '快到四分之一的时间', en: 'It takes a quarter of the time' },
      { zh: '快到三分之一：任务只有 6 个', en: 'A third: there are only 6 tasks' },
      { zh: '一点也不快', en: 'Nothing' },
    ],
    answer: 2,
    because: {
      zh: '同一时刻只有 2 个进程在运行，多出来的都在就绪队列里等。多开进程还要花时间，反而慢一点。',
      en: 'Only 2 run at any time, the others wait in the ready queue. And since they had to be started, it even takes a little longer.',
    },
  },
  {
    prompt: {
      zh: '还是 2 个 CPU，每个任务有 25% 的时间在等设备。池里有几个进程最快？',
      en: '2 CPUs again, but a quarter of each task is waiting for a device. Which pool is the quickest?',
    },
    choices: [
      { zh: '2 个，和 CPU 一样多', en: '2, as many as CPUs' },
      { zh: '3 个，CPU 个数 + 1', en: '3, one more than CPUs' },
      { zh: '8 个，越多越好', en: '8, the more the better' },
    ],
    answer: 1,
    because: {
      zh: '一个进程阻塞时，第 3 个正好接着用它的 CPU。再多，就又只是在排队了。',
      en: 'While one of them is Blocked, the third one uses its CPU. Any more of them would only queue.',
    },
  },
];
