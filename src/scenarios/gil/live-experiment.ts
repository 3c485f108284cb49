import type { Experiment } from '../scenario.ts';

/** So many rounds of the program are about 150 ms of pure computation. */
export const MEASURED_ROUNDS = 200;
const COUNTS = [1, 2, 3, 4];
const measured = { rounds: MEASURED_ROUNDS, work: 'compute' };

/** The lesson on the real clock: the same work for each, so what the curve of the threads adds, the lock has taken. */
export function liveExperiment(cores: number): Experiment {
  const mark = { at: cores, label: { zh: `${cores} 个核`, en: cores === 1 ? '1 core' : `${cores} cores` } };
  return {
    title: { zh: '实测：几个线程，几个进程', en: 'Measured for real: threads, and as many processes' },
    about: {
      zh: `实时模式，真正的 Python：每个线程、每个进程都做同样多的计算，独占一个核大约 150 毫秒。时间由程序自己量（perf_counter），从大家都准备好，到全部结束，不包括开启。浏览器报告本机有 ${cores} 个核。测量前要先准备 Python，共约一分钟。`,
      en: `Live mode, real Python: every thread and every process computes the same, about 150 ms on a core of its own. The program itself takes the time (perf_counter), from when all are ready until all have ended; the start is not in it. The browser says that this machine has ${cores} ${cores === 1 ? 'core' : 'cores'}. Python is loaded for it; in all it takes about a minute.`,
    },
    vary: { kind: 'parameter', name: 'n' },
    values: COUNTS,
    x: { zh: '线程或进程数', en: 'Threads, or processes' },
    y: { zh: '毫秒', en: 'Milliseconds' },
    ...(COUNTS.includes(cores) ? { mark } : {}),
    mode: 'live',
    repeats: 3,
    series: [
      { label: { zh: '线程', en: 'Threads' }, measure: 'printed', parameters: { kind: 'threads', ...measured } },
      { label: { zh: '进程', en: 'Processes' }, measure: 'printed', parameters: { kind: 'processes', ...measured } },
    ],
  };
}
