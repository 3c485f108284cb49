import type { Scenario } from '../scenario.ts';

export const syncAsync: Scenario = {
  id: 'sync-async',
  title: { zh: '同步与异步', en: 'Synchronous and asynchronous' },
  summary: {
    zh: '调用者要做几件耗时的任务：是等每一件做完再往下走，还是叫人去做、自己继续？',
    en: 'A caller has a few slow tasks to do: does it wait for each of them, or let them run and go on?',
  },
  parameters: {
    tasks: { kind: 'integer', label: { zh: '任务数', en: 'Tasks' }, min: 1, max: 8, default: 3 },
    how: {
      kind: 'choice',
      label: { zh: '调用方式', en: 'How they are called' },
      choices: [
        { value: 'sync', label: { zh: '同步', en: 'Synchronously' } },
        { value: 'async', label: { zh: '异步', en: 'Asynchronously' } },
      ],
      default: 'sync',
    },
    failing: {
      kind: 'integer',
      label: { zh: '第几个任务失败（0 = 都成功）', en: 'Task that fails (0 = none)' },
      min: 0,
      max: 8,
      default: 0,
    },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: 'tasks',
  stepBy: 'line',
  launcher: false,
};
