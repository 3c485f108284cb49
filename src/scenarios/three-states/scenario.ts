import type { Scenario } from '../scenario.ts';

export const threeStates: Scenario = {
  id: 'three-states',
  title: { zh: '三状态：就绪、运行、阻塞', en: 'Three states: Ready, Running, Blocked' },
  summary: {
    zh: '几个进程轮流使用一个 CPU：看每个进程为什么就绪、为什么运行、为什么阻塞。',
    en: 'A few processes share one CPU: watch why each of them becomes Ready, Running or Blocked.',
  },
  parameters: {
    processes: { kind: 'integer', label: { zh: '子进程数', en: 'Child processes' }, min: 1, max: 8, default: 3 },
    rounds: { kind: 'integer', label: { zh: '每个进程的轮数', en: 'Rounds of each' }, min: 1, max: 10, default: 2 },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: 'processes',
  stepBy: 'line',
  launcher: false,
};
