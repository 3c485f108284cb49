import type { Experiment } from '../scenario.ts';

/** As the lesson's parameter `tasks` and its pool allow. */
const MOST_TASKS = 24;
export const MOST_WORKERS = 16;

/** 1, and every quarter of the cores up to twice as many: where the curve falls, where it turns, and where it is flat. */
function sizesFor(cores: number): readonly number[] {
  const quarters = Array.from({ length: 8 }, (_, index) => Math.round(((index + 1) * cores) / 4));
  const sizes = new Set([1, ...quarters].filter((size) => size >= 1 && size <= MOST_WORKERS));
  return [...sizes].toSorted((a, b) => a - b);
}

/** At least twelve, and as many for each core, or the last round would leave some of them idle. */
function tasksFor(cores: number): number {
  return Math.min(MOST_TASKS, cores * Math.ceil(12 / cores));
}

/** The lesson's experiment on the real clock: the tasks are real work, so more processes than cores do not do it any faster. */
export function liveExperiment(cores: number): Experiment {
  const tasks = tasksFor(cores);
  return {
    title: { zh: '实测：池的大小与真实的时间', en: 'Measured for real: size of the pool, and how long it takes' },
    about: {
      zh: `实时模式，每次 ${tasks} 个任务。浏览器报告本机有 ${cores} 个核（navigator.hardwareConcurrency）。计算是真的做功：一个任务的工作量，独占一个核时要做 160 毫秒（或其中的 25%）；等待设备只是计时。总时间从运行开始量到全部结束，包括开启进程。`,
      en: `Live mode, ${tasks} tasks each time. The browser says that this machine has ${cores} ${cores === 1 ? 'core' : 'cores'} (navigator.hardwareConcurrency). What the tasks compute is real work, so much that one of them takes 160 ms (or a quarter of it) on a core of its own; a device only takes time. Measured from the begin of the run to its end, the start of the processes included.`,
    },
    vary: { kind: 'pool' },
    values: sizesFor(cores),
    x: { zh: '池里的进程数', en: 'Processes in the pool' },
    y: { zh: '总时间（毫秒）', en: 'Duration (ms)' },
    mark: { at: cores, label: { zh: `${cores} 个核`, en: cores === 1 ? '1 core' : `${cores} cores` } },
    mode: 'live',
    repeats: 3,
    series: [
      { label: { zh: '只用 CPU', en: 'Only CPU' }, measure: 'duration', parameters: { tasks, ioShare: 0 } },
      {
        label: { zh: '75% 的时间等设备', en: '75 % I/O' },
        measure: 'duration',
        parameters: { tasks, ioShare: 75 },
      },
    ],
  };
}
