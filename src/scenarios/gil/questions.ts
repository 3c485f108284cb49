import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '2 个 CPU，2 个线程，都只做计算。P1.T2 正在运行（Running）的时候，P1.T3 处于什么状态？',
      en: '2 CPUs, 2 threads that only compute. While P1.T2 is Running, what is P1.T3?',
    },
    choices: [
      { zh: 'Running：另一个 CPU 正好空着', en: 'Running: the other CPU is free' },
      { zh: 'Ready：CPU 有空，它却上不去', en: 'Ready, although a CPU is idle' },
      { zh: 'Blocked：它在等程序里的一把锁', en: 'Blocked: it waits for a lock of the program' },
    ],
    answer: 1,
    because: {
      zh: '一个进程只有一个解释器，谁在用，别的线程就得等。程序里没有锁，P1.T3 什么也不等，只等轮到自己，所以是就绪。',
      en: 'The process has one interpreter, and whoever uses it keeps the others off. No lock of the program is in the way: P1.T3 could go on at once if it had its turn. That is Ready.',
    },
  },
  {
    prompt: {
      zh: '把“一轮做什么”改成睡眠。2 个线程各睡 6 轮，总时间是 1 个线程睡 6 轮的几倍？',
      en: 'Set a round to Sleep. Two threads sleep six rounds each: how much longer than one thread alone?',
    },
    choices: [
      { zh: '两倍：GIL 让它们轮流睡', en: 'Twice as long: the GIL has them take turns' },
      { zh: '差不多一样长', en: 'Hardly any longer' },
      { zh: '一半', en: 'Half as long' },
    ],
    answer: 1,
    because: {
      zh: '睡着的线程是阻塞的，不需要解释器，进入睡眠时就把 GIL 交了出来，所以可以一起睡。等网络、等磁盘也是这样。',
      en: 'A thread that sleeps is Blocked and needs no interpreter: it gives the GIL away first, so that both sleep at once. Waiting for a network or a disk is the same.',
    },
  },
];
