import type { Scenario } from '../scenario.ts';

export const isolation: Scenario = {
  id: 'isolation',
  title: { zh: '进程间数据隔离', en: 'Processes share no variables' },
  summary: {
    zh: '几个子进程都把全局变量减 10：父进程的那个变了没有？',
    en: 'Every child takes 10 off a global variable: has the parent’s changed?',
  },
  parameters: {
    children: { kind: 'integer', label: { zh: '子进程数', en: 'Child processes' }, min: 1, max: 8, default: 3 },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 3 },
  workers: 'children',
  stepBy: 'line',
  launcher: false,
};
