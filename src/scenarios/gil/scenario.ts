import type { Scenario } from '../scenario.ts';
import { liveExperiment, MEASURED_ROUNDS } from './live-experiment.ts';

export const gil: Scenario = {
  id: 'gil',
  title: { zh: 'GIL：全局解释器锁', en: 'The GIL, Python’s global interpreter lock' },
  summary: {
    zh: '同一个 Python 进程里，两个一直在计算的线程只能轮流运行，旁边的 CPU 闲着也用不上；换成两个进程，就真的同时算。',
    en: 'Two threads of a Python process that only compute take turns, beside a CPU that is idle; two processes really compute at once.',
  },
  parameters: {
    kind: {
      kind: 'choice',
      label: { zh: '用什么做', en: 'Workers are' },
      choices: [
        { value: 'threads', label: { zh: '线程', en: 'Threads' } },
        { value: 'processes', label: { zh: '进程', en: 'Processes' } },
      ],
      default: 'threads',
    },
    n: { kind: 'integer', label: { zh: '共几个', en: 'Workers' }, min: 1, max: 4, default: 2 },
    rounds: {
      kind: 'integer',
      label: { zh: '各做几轮', en: 'Rounds of each' },
      min: 1,
      max: MEASURED_ROUNDS,
      default: 6,
    },
    work: {
      kind: 'choice',
      label: { zh: '一轮做什么', en: 'What a round is' },
      choices: [
        { value: 'compute', label: { zh: '计算', en: 'Compute' } },
        { value: 'sleep', label: { zh: '睡眠', en: 'Sleep' } },
      ],
      default: 'compute',
    },
  },
  machine: { cpus: 2, policy: 'rr', quantum: 4 },
  workers: 'n',
  stepBy: 'line',
  launcher: false,
  engines: ['py'],
  liveExperiment,
};
