import type { Scenario } from '../scenario.ts';
import { liveExperiment, MOST_WORKERS } from './live-experiment.ts';

export const poolSize: Scenario = {
  id: 'pool-size',
  title: { zh: '进程池多大才好', en: 'How large should a pool be?' },
  summary: {
    zh: '任务只用 CPU 时，进程比 CPU 多就没有用了；任务常常阻塞时，多开几个，CPU 才不会闲着。',
    en: 'For tasks that only compute, more processes than CPUs gain nothing; for tasks that wait, some more keep every CPU busy.',
  },
  parameters: {
    tasks: { kind: 'integer', label: { zh: '任务数', en: 'Tasks' }, min: 1, max: 24, default: 6 },
    ioShare: {
      kind: 'integer',
      label: { zh: '其中等待设备占 %', en: 'Share of I/O in %' },
      min: 0,
      max: 90,
      default: 25,
    },
  },
  machine: { cpus: 2, policy: 'rr', quantum: 4 },
  pool: { default: 2, min: 1, max: MOST_WORKERS },
  workers: null,
  stepBy: 'line',
  launcher: false,
  experiment: {
    title: { zh: '池的大小与总时间', en: 'Size of the pool, and how long it takes' },
    vary: { kind: 'pool' },
    values: [1, 2, 3, 4, 5, 6, 8],
    x: { zh: '池里的进程数', en: 'Processes in the pool' },
    y: { zh: '总时间（tick）', en: 'Duration (ticks)' },
    mode: 'stepped',
    repeats: 1,
    series: [
      { label: { zh: '只用 CPU', en: 'Only CPU' }, measure: 'duration', parameters: { ioShare: 0 } },
      { label: { zh: '25% 的时间等设备', en: '25 % I/O' }, measure: 'duration', parameters: { ioShare: 25 } },
      { label: { zh: '75% 的时间等设备', en: '75 % I/O' }, measure: 'duration', parameters: { ioShare: 75 } },
    ],
  },
  liveExperiment,
};
