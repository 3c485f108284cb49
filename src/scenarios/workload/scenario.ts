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
  questions: [
    {
      prompt: {
        zh: 'P0 最先到达，需要 9 个 tick。时间片轮转（RR，时间片 2）下，它第几个完成？',
        en: 'P0 comes first and needs 9 ticks. Under round robin with quantum 2, when does it end?',
      },
      choices: [
        { zh: '第一个', en: 'First' },
        { zh: '第二个', en: 'Second' },
        { zh: '最后一个', en: 'Last' },
      ],
      answer: 2,
      because: {
        zh: 'RR 每次只给它 2 个 tick，用完就到队尾；短作业在它的空隙里一个个做完了。换成 FCFS 再看。',
        en: 'Round robin gives it two ticks at a time and sends it to the end of the queue; the short jobs end in between. Try FCFS next.',
      },
    },
    {
      prompt: {
        zh: 'P3 在第 3 个 tick 到达，只需要 1 个 tick。它要等多久才第一次得到 CPU（响应时间）？',
        en: 'P3 arrives at tick 3 and needs a single tick. How long until it first gets the CPU (its response time)?',
      },
      choices: [
        { zh: '不用等', en: 'Not at all' },
        { zh: '5 个 tick', en: '5 ticks' },
        { zh: '12 个 tick', en: '12 ticks' },
      ],
      answer: 1,
      because: {
        zh: '它前面排着 P2 和 P0，还要等正在运行的 P1 用完时间片。FCFS 下要等 12 个 tick，SRTF 下不用等。',
        en: 'P1 is running, and P2 and P0 are ahead in the queue. Under FCFS it would be 12 ticks, under SRTF none.',
      },
    },
  ],
};
