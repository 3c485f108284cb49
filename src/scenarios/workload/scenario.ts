import type { ParameterValues, Scenario } from '../scenario.ts';
import { formatJobs, parseJobs } from './jobs.ts';

const MAX_TEXT = 4000;

/** The program reads the shortest form: no blanks, and CPU and I/O bursts in turns. */
function prepare(values: ParameterValues): ParameterValues {
  const { jobs } = parseJobs(String(values['jobs']));
  return jobs === null ? values : { ...values, jobs: formatJobs(jobs) };
}

export const workload: Scenario = {
  id: 'workload',
  title: { zh: 'CPU 调度', en: 'CPU scheduling' },
  summary: {
    zh: '同一批作业，换一种调度算法：比一比周转时间、等待时间和响应时间。',
    en: 'The same jobs under another policy: compare turnaround, waiting and response times.',
  },
  parameters: {
    jobs: {
      kind: 'text',
      label: { zh: '作业（到达:执行段@优先级）', en: 'Jobs (arrival:bursts@priority)' },
      default: '0:c9@3,1:c2-i4-c2@1,2:c4@2,3:c1-i5-c1',
      maxLength: MAX_TEXT,
      check: (text) => parseJobs(text).problem?.message ?? null,
    },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: null,
  stepBy: 'operation',
  launcher: true,
  prepare,
  experiment: {
    title: { zh: '时间片多长才好？', en: 'How long should the quantum be?' },
    vary: { kind: 'machine', name: 'quantum' },
    values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    x: { zh: '时间片（tick）', en: 'Quantum (ticks)' },
    y: { zh: '平均时间（tick）', en: 'Mean time (ticks)' },
    mode: 'stepped',
    repeats: 1,
    series: [
      { label: { zh: '周转时间', en: 'Turnaround' }, measure: 'turnaround', machine: { policy: 'rr' } },
      { label: { zh: '等待时间', en: 'Waiting' }, measure: 'waiting', machine: { policy: 'rr' } },
      { label: { zh: '响应时间', en: 'Response' }, measure: 'response', machine: { policy: 'rr' } },
    ],
  },
};
