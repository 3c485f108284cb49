import type { Scenario } from '../scenario.ts';

export const threadVsProcess: Scenario = {
  id: 'thread-vs-process',
  title: { zh: '线程与进程的效率', en: 'Threads or processes: what do they cost?' },
  summary: {
    zh: 'n 个人传接力棒，先用线程，再用进程：开启、传递、结束各要多久？单步模式数步数，实时模式量真实的时间。',
    en: 'A relay by n threads, then by n processes: what do start, switch and end cost? Stepped mode counts steps, live mode measures.',
  },
  parameters: {
    n: { kind: 'integer', label: { zh: '选手数', en: 'Runners' }, min: 1, max: 8, default: 2 },
    laps: { kind: 'integer', label: { zh: '传几圈', en: 'Laps' }, min: 1, max: 50, default: 2 },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 4 },
  workers: 'n',
  stepBy: 'line',
  launcher: false,
  experiment: {
    title: { zh: '线程和进程，各要多久？', en: 'How long do threads take, and how long processes?' },
    vary: { kind: 'parameter', name: 'n' },
    values: [1, 2, 3, 4, 5, 6, 7, 8],
    x: { zh: '选手数', en: 'Runners' },
    y: { zh: '毫秒', en: 'Milliseconds' },
    mode: 'live',
    repeats: 5,
    series: [
      { label: { zh: '开启一个线程', en: 'Start of a thread' }, measure: 'start', of: 'threads' },
      { label: { zh: '开启一个进程', en: 'Start of a process' }, measure: 'start', of: 'processes' },
      { label: { zh: '全部线程，从开启到结束', en: 'All threads, start to end' }, measure: 'finish', of: 'threads' },
      {
        label: { zh: '全部进程，从开启到结束', en: 'All processes, start to end' },
        measure: 'finish',
        of: 'processes',
      },
    ],
  },
};
