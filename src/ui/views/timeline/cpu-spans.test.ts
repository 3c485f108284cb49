import { describe, expect, it } from 'vitest';
import { BlockReason } from '../../../abi/record.ts';
import { LogScript } from '../../../replay/log-script.fixture.ts';
import type { LogStore } from '../../../replay/log-store.ts';
import { randomRun } from '../../../replay/random-run.fixture.ts';
import { Spans } from '../../../replay/spans.ts';
import { ThreadState } from '../../../replay/thread-state.ts';
import { CpuSpans } from './cpu-spans.ts';

function cpusOf(log: LogStore): CpuSpans {
  const cpus = new CpuSpans(log);
  cpus.extend();
  return cpus;
}

/** The row of a CPU as text, one column a tick: `1122..`. */
function rowOf(cpus: CpuSpans, cpu: number, ticks: number, columns = ticks): string {
  const row = Array.from({ length: columns }, () => ' ');
  cpus.forEachVisible(cpu, 0, ticks, columns, (x0, x1, tid) => row.fill(tid === 0 ? '.' : String(tid), x0, x1));
  return row.join('');
}

describe('the row of a CPU', () => {
  it('shows who held it in each tick', () => {
    const script = new LogScript().process(1).process(2).dispatch(1).line(1).at(1).line(1);
    script.block(1, BlockReason.SLEEP, 0, 9).at(2).dispatch(2).line(2).at(3).preempt(2).at(5).dispatch(1).line(1);
    const cpus = cpusOf(script.log);
    expect(rowOf(cpus, 0, 6)).toBe('112..1');
    expect([0, 1, 2, 3, 5].map((tick) => cpus.tidAt(0, tick))).toEqual([1, 1, 2, 0, 1]);
    expect(rowOf(cpus, 0, 6, 12)).toBe('111122....11');
  });

  it('agrees with the lanes of the threads at every tick', () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const { log, cpus: count } = randomRun(seed);
      const cpus = cpusOf(log);
      const spans = new Spans(log);
      spans.extend();
      for (let tick = 0; tick < spans.end; tick += 1) {
        const held = Array.from({ length: count }, (_, cpu) => cpus.tidAt(cpu, tick)).filter((tid) => tid !== 0);
        const running: number[] = [];
        for (let lane = 1; lane < spans.lanes; lane += 1) {
          const span = spans.spanAt(lane, tick);
          if (span >= 0 && spans.stateOf(lane, span) === ThreadState.RUNNING) running.push(lane);
        }
        expect(held.toSorted((one, other) => one - other)).toEqual(running);
      }
    }
  });

  it('grows with the log', () => {
    const script = new LogScript().process(1).dispatch(1).line(1);
    const cpus = cpusOf(script.log);
    script.at(1).line(1).at(2).line(1);
    cpus.extend();
    expect(rowOf(cpus, 0, 3)).toBe('111');
  });
});
