import type { Scenario } from '../scenario.ts';

export const mainThread: Scenario = {
  id: 'main-thread',
  title: { zh: '主线程与子线程', en: 'The main thread and the others' },
  summary: {
    zh: '主线程结束了，进程还在：它要等所有非守护线程结束；守护线程来不及做完，就被掐断。',
    en: 'The main thread ends and the process lives on, until its last non-daemon thread ends. Daemon threads are cut off.',
  },
  parameters: {
    daemon: { kind: 'boolean', label: { zh: 'show 是守护线程', en: 'show is a daemon' }, default: true },
    join: { kind: 'boolean', label: { zh: '主线程 join save', en: 'The main thread joins save' }, default: false },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: null,
  stepBy: 'line',
  launcher: false,
};
