import { BlockReason, Kind, PreemptCause, ReadyCause } from '../../../abi/record.ts';
import { Random } from '../../../base/random.ts';
import { LogScript } from '../../../replay/log-script.fixture.ts';
import type { LogStore } from '../../../replay/log-store.ts';

/**
 * Threads that take turns on the CPUs and sleep now and then, until there are about so many spans. Only what changes states
 * is written, and a line a tick; the log is shaped like a real one and cheap to make.
 */
export function busyRun(threads: number, spans: number, cpus = 1, seed = 1): LogStore {
  const script = new LogScript();
  const random = new Random(seed);
  const ready: number[] = [];
  const due = new Map<number, number[]>();
  for (let tid = 1; tid <= threads; tid += 1) script.process(tid, `P${tid}`);
  for (let tid = 1; tid <= threads; tid += 1) {
    script.at(1).ready(tid, ReadyCause.CREATED);
    ready.push(tid);
  }
  const running: number[] = Array.from({ length: cpus }, () => 0);
  let made = 2 * threads;
  for (let tick = 1; made < spans; tick += 1) {
    script.at(tick);
    for (const tid of due.get(tick) ?? []) {
      script.ready(tid, ReadyCause.TIMER);
      ready.push(tid);
      made += 1;
    }
    due.delete(tick);
    for (let cpu = 0; cpu < cpus; cpu += 1) {
      const tid = running[cpu] as number;
      if (tid === 0 || random.below(3) !== 0) continue;
      script.preempt(tid, cpu, PreemptCause.QUANTUM);
      ready.push(tid);
      running[cpu] = 0;
      made += 1;
    }
    for (let cpu = 0; cpu < cpus; cpu += 1) {
      if (running[cpu] !== 0) continue;
      const tid = ready.shift();
      if (tid === undefined) continue;
      script.dispatch(tid, cpu);
      running[cpu] = tid;
      made += 1;
    }
    for (let cpu = 0; cpu < cpus; cpu += 1) {
      const tid = running[cpu] as number;
      if (tid === 0) continue;
      script.line(tid, 1 + random.below(12), cpu);
      if (random.below(4) === 0) script.store(tid, 1, tick, random.below(2) === 0 ? Kind.STORE : Kind.LOAD);
      if (random.below(5) !== 0) continue;
      const until = tick + 2 + random.below(2 * threads);
      script.block(tid, random.below(2) === 0 ? BlockReason.SLEEP : BlockReason.IO, 0, until, cpu);
      due.set(until, [...(due.get(until) ?? []), tid]);
      running[cpu] = 0;
      made += 1;
    }
  }
  return script.log;
}
