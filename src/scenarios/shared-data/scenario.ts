import type { Scenario } from '../scenario.ts';

export const sharedData: Scenario = {
  id: 'shared-data',
  title: { zh: '线程的数据共享', en: 'Threads share variables' },
  summary: {
    zh: '两个线程给同一个全局变量各加三次一：得到的不是 6。换成进程，各加各的；加上锁，一次不丢。',
    en: 'Two threads add one to the same global, three times each: it is not 6. Processes have one each; a lock loses nothing.',
  },
  parameters: {
    as: {
      kind: 'choice',
      label: { zh: '用什么做', en: 'Workers are' },
      choices: [
        { value: 'threads', label: { zh: '线程', en: 'Threads' } },
        { value: 'processes', label: { zh: '进程', en: 'Processes' } },
      ],
      default: 'threads',
    },
    workers: { kind: 'integer', label: { zh: '共几个', en: 'Workers' }, min: 1, max: 8, default: 2 },
    rounds: { kind: 'integer', label: { zh: '各加几次', en: 'Additions by each' }, min: 1, max: 10, default: 3 },
    locked: { kind: 'boolean', label: { zh: '加锁', en: 'With the lock' }, default: false },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 4 },
  workers: 'workers',
  stepBy: 'line',
  // An addition is four instructions of CPython: between two lines nothing is lost.
  python: { stepBy: 'bytecode', machine: { quantum: 1 } },
  launcher: false,
};
