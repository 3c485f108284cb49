import type { Scenario } from '../scenario.ts';

export const threadVsProcess: Scenario = {
  id: 'thread-vs-process',
  title: { zh: '线程与进程的效率', en: 'Threads or processes: what do they cost?' },
  summary: {
    zh: 'n 个人传接力棒，先用线程，再用进程：开启、传递、结束各要多久？单步模式数步数，实时模式量真实的时间。',
    en: 'A relay by n threads, then by n processes: what do start, switch and end cost? Stepped mode counts steps, live mode measures.',
  },
  parameters: {
    n: { kind: 'integer', label: { zh: '几个', en: 'Runners' }, min: 1, max: 8, default: 2 },
    laps: { kind: 'integer', label: { zh: '传几圈', en: 'Laps' }, min: 1, max: 50, default: 2 },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 4 },
  workers: 'n',
  stepBy: 'line',
  launcher: false,
};
