import type { Scenario } from '../scenario.ts';

export const threads: Scenario = {
  id: 'threads',
  title: { zh: '线程', en: 'Threads' },
  summary: {
    zh: '同一个函数，一次作为线程，一次作为进程：线程的 pid 和主线程一样，主线程睡着了，它照样运行。',
    en: 'The same function, once as a thread and once as a process: the thread has the main thread’s pid, and goes on while that sleeps.',
  },
  parameters: {
    rounds: { kind: 'integer', label: { zh: '数到几', en: 'Count to' }, min: 1, max: 8, default: 3 },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: null,
  stepBy: 'line',
  launcher: false,
};
