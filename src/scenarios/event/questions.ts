import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '三辆车在红灯前等着。父进程调用一次 set()，有几辆车被唤醒？',
      en: 'Three cars wait at the red light. The parent calls set() once. How many of them are woken?',
    },
    choices: [
      { zh: '一辆，其余的要等下一次 set', en: 'One; the others have to wait for the next set' },
      { zh: '三辆都被唤醒', en: 'All three' },
      { zh: '一辆也没有，要等它们自己再来看', en: 'None; they have to look again themselves' },
    ],
    answer: 1,
    because: {
      zh: '事件是一面旗子，不是通行证：旗子升起，等它的全部醒来。锁的 release 才只唤醒一个。',
      en: 'An event is a flag, not a ticket: when it goes up, all who wait for it wake. It is the release of a lock that wakes only one.',
    },
  },
  {
    prompt: {
      zh: 'set() 之后紧接着就是 clear()，被唤醒的车还一步也没走。它们会怎样？',
      en: 'clear() follows set() at once, before the cars that were woken have run a step. What becomes of them?',
    },
    choices: [
      { zh: '照样往下走', en: 'They go on all the same' },
      { zh: '又看到红灯，重新阻塞', en: 'They see red again, and block once more' },
    ],
    answer: 0,
    because: {
      zh: '唤醒它们的是 set，已经唤醒就不收回；clear 只影响后来调用 wait 的车。',
      en: 'It was set that woke them, and that is not taken back. clear concerns only those who call wait afterwards.',
    },
  },
];
