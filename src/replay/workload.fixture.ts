import { BlockReason, PreemptCause, ReadyCause, RunEnd } from '../abi/record.ts';
import { LogScript } from './log-script.fixture.ts';
import type { LogStore } from './log-store.ts';

/** Bursts in ticks: CPU, I/O, CPU … All arrive at tick 0. */
export type Job = readonly number[];

interface Process {
  readonly tid: number;
  readonly bursts: number[];
  due: number;
}

/** A textbook's single CPU, on paper: first come first served, with a quantum if there is one. */
export function workload(jobs: readonly Job[], quantum = Infinity): LogStore {
  const script = new LogScript();
  const processes: Process[] = jobs.map((bursts, index) => ({ tid: index + 1, bursts: [...bursts], due: 0 }));
  for (const { tid } of processes) script.process(tid, `P${tid - 1}`);
  const ready: Process[] = [];
  let running: Process | null = null;
  let used = 0;
  let left = processes.length;
  for (let tick = 0; ; tick += 1) {
    script.at(tick);
    for (const process of processes) {
      if (process.due !== tick) continue;
      script.ready(process.tid, tick === 0 ? ReadyCause.CREATED : ReadyCause.IO);
      ready.push(process);
    }
    if (left === 0) return script.end(RunEnd.FINISHED).log;
    if (running !== null && used === quantum && ready.length > 0) {
      script.preempt(running.tid, 0, PreemptCause.QUANTUM);
      ready.push(running);
      running = null;
    }
    if (running === null && ready.length > 0) {
      running = ready.shift() ?? null;
      used = 0;
      if (running !== null) script.dispatch(running.tid);
    }
    if (running === null) continue;
    const { tid, bursts } = running;
    script.line(tid);
    used += 1;
    bursts[0] = (bursts[0] ?? 0) - 1;
    if (bursts[0] > 0) continue;
    bursts.shift();
    const wait = bursts.shift();
    if (wait === undefined) {
      script.terminate(tid);
      left -= 1;
    } else {
      running.due = tick + wait + 1;
      script.block(tid, BlockReason.IO, 0, running.due);
    }
    running = null;
  }
}
