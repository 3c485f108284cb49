import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: 'P0 最先到达，需要 9 个 tick。时间片轮转（RR，时间片 2）下，它第几个完成？',
      en: 'P0 comes first and needs 9 ticks. Under round robin with quantum 2, when does it end?',
    },
    choices: [
      { zh: '第一个', en: 'First' },
      { zh: '第二个', en: 'Second' },
      { zh: '最后一个', en: 'Last' },
    ],
    answer: 2,
    because: {
      zh: 'RR 每次只给它 2 个 tick，用完就到队尾；短作业在它的空隙里一个个做完了。换成 FCFS 再看。',
      en: 'Round robin gives it two ticks at a time and sends it to the end of the queue; the short jobs end in between. Try FCFS next.',
    },
  },
  {
    // Of times in ticks, which those of the Python program are not.
    program: 'ts',
    prompt: {
      zh: 'P3 在第 3 个 tick 到达，只需要 1 个 tick。它要等多久才第一次得到 CPU（响应时间）？',
      en: 'P3 arrives at tick 3 and needs a single tick. How long until it first gets the CPU (its response time)?',
    },
    choices: [
      { zh: '不用等', en: 'Not at all' },
      { zh: '5 个 tick', en: '5 ticks' },
      { zh: '12 个 tick', en: '12 ticks' },
    ],
    answer: 1,
    because: {
      zh: '它前面排着 P2 和 P0，还要等正在运行的 P1 用完时间片。FCFS 下要等 12 个 tick，SRTF 下不用等。',
      en: 'P1 is running, and P2 and P0 are ahead in the queue. Under FCFS it would be 12 ticks, under SRTF none.',
    },
  },
];
