import type { Scenario } from '../scenario.ts';

export const poolCallback: Scenario = {
  id: 'pool-callback',
  title: { zh: '进程池的回调函数', en: 'A pool’s callback' },
  summary: {
    zh: '子进程做完一个任务，主进程立刻用它的返回值调用回调函数。回调函数在哪个进程、哪个线程里运行？',
    en: 'As soon as a task is done, a function is called with what it returned. In which process does it run, and in which thread?',
  },
  parameters: {
    tasks: { kind: 'integer', label: { zh: '任务数', en: 'Tasks' }, min: 1, max: 5, default: 4 },
  },
  machine: { cpus: 2, policy: 'rr', quantum: 2 },
  pool: { default: 2, min: 1, max: 8 },
  workers: null,
  stepBy: 'line',
  launcher: false,
};
