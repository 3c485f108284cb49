import type { Scenario } from '../scenario.ts';

export const pool: Scenario = {
  id: 'pool',
  title: { zh: '进程池', en: 'A pool of processes' },
  summary: {
    zh: '池里的进程只开启一次，许多任务轮流借用。apply 等到任务做完才返回，apply_async 立刻返回，get 再去取结果。',
    en: 'Processes that are started once and borrowed by many tasks: apply waits for its task, apply_async returns at once, get waits.',
  },
  parameters: {
    tasks: { kind: 'integer', label: { zh: '任务数', en: 'Tasks' }, min: 1, max: 12, default: 4 },
    how: {
      kind: 'choice',
      label: { zh: '怎样交任务', en: 'How tasks are handed in' },
      choices: [
        { value: 'apply', label: { zh: 'apply（同步）', en: 'apply (synchronous)' } },
        { value: 'async', label: { zh: 'apply_async（异步）', en: 'apply_async (asynchronous)' } },
        { value: 'map', label: { zh: 'map', en: 'map' } },
      ],
      default: 'async',
    },
  },
  machine: { cpus: 2, policy: 'rr', quantum: 2 },
  pool: { default: 2, min: 1, max: 8 },
  workers: null,
  stepBy: 'line',
  launcher: false,
};
