import type { Scenario } from '../scenario.ts';

export const semaphoreVsPool: Scenario = {
  id: 'semaphore-vs-pool',
  title: { zh: '信号量与进程池', en: 'A semaphore or a pool?' },
  summary: {
    zh: '同时最多 n 个在干活，两种做法：信号量开启和任务一样多的进程，一次放进 n 个；进程池只开启 n 个，轮流借出去。',
    en: 'Two ways to let n work at a time: as many processes as tasks and a semaphore at the door, or n processes that are lent out.',
  },
  parameters: {
    n: { kind: 'integer', label: { zh: '同时最多 n 个', en: 'At work at a time' }, min: 1, max: 6, default: 2 },
    tasks: { kind: 'integer', label: { zh: '任务数', en: 'Tasks' }, min: 1, max: 12, default: 5 },
    how: {
      kind: 'choice',
      label: { zh: '做法', en: 'How' },
      choices: [
        { value: 'both', label: { zh: '先信号量，后进程池', en: 'Semaphore, then pool' } },
        { value: 'semaphore', label: { zh: '只用信号量', en: 'Semaphore only' } },
        { value: 'pool', label: { zh: '只用进程池', en: 'Pool only' } },
      ],
      default: 'both',
    },
  },
  machine: { cpus: 2, policy: 'rr', quantum: 2 },
  workers: 'n',
  stepBy: 'line',
  launcher: false,
  experiment: {
    title: { zh: '哪一种切换得多？', en: 'Which of them switches more?' },
    vary: { kind: 'parameter', name: 'tasks' },
    values: [1, 2, 4, 6, 8, 10, 12],
    x: { zh: '任务数', en: 'Tasks' },
    y: { zh: '上下文切换次数', en: 'Context switches' },
    mode: 'stepped',
    repeats: 1,
    series: [
      { label: { zh: '信号量', en: 'Semaphore' }, measure: 'switches', parameters: { how: 'semaphore' } },
      { label: { zh: '进程池', en: 'Pool' }, measure: 'switches', parameters: { how: 'pool' } },
    ],
  },
};
