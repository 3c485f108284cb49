import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: 'Ann 先拿扫描仪再拿打印机，Bob 先拿打印机再拿扫描仪。运行的结局是？',
      en: 'Ann takes the scanner, then the printer; Bob takes the printer, then the scanner. How does it end?',
    },
    choices: [
      { zh: '两个人先后复印完', en: 'Both copy, one after the other' },
      { zh: '只有一个人复印完', en: 'Only one of them copies' },
      { zh: '谁也复印不了，一直等下去', en: 'Neither copies; they wait for ever' },
    ],
    answer: 2,
    because: {
      zh: 'Ann 拿着扫描仪等打印机，Bob 拿着打印机等扫描仪。谁都不会先放手，这就是死锁。',
      en: 'Ann has the scanner and waits for the printer, Bob has the printer and waits for the scanner. Neither lets go: a deadlock.',
    },
  },
  {
    prompt: {
      zh: '不改程序，再加三个 CPU，还会死锁吗？',
      en: 'The same program with three more CPUs: will it still deadlock?',
    },
    choices: [
      { zh: '会', en: 'Yes' },
      { zh: '不会，CPU 够用了', en: 'No, now there are CPUs enough' },
    ],
    answer: 0,
    because: {
      zh: '他们缺的是锁，不是 CPU。阻塞的进程，给它再多 CPU 也动不了。',
      en: 'What they lack is a lock, not a CPU. A Blocked process cannot use one, however many there are.',
    },
  },
];
