import { describe, expect, it } from 'vitest';
import { BlockReason } from '../../../abi/record.ts';
import { LogScript } from '../../../replay/log-script.fixture.ts';
import type { LogStore } from '../../../replay/log-store.ts';
import { InterpreterSpans } from './interpreter-spans.ts';

function locksOf(log: LogStore): InterpreterSpans {
  const locks = new InterpreterSpans(log);
  locks.extend();
  return locks;
}

/** The row of a lock as text, one column a tick: `1122..`. */
function rowOf(locks: InterpreterSpans, row: number, ticks: number): string {
  const drawn = Array.from({ length: ticks }, () => ' ');
  locks.forEachVisible(row, 0, ticks, ticks, (x0, x1, tid) => drawn.fill(tid === 0 ? '.' : String(tid), x0, x1));
  return drawn.join('');
}

describe('the lock of an interpreter', () => {
  it('is held by the thread of its process that runs, whichever CPU that has', () => {
    const script = new LogScript().process(1).thread(2, 1, 'T').process(3).dispatch(1, 0).dispatch(3, 1).line(1).line(3, 1, 1);
    script.at(1).line(1).block(1, BlockReason.SLEEP, 0, 9).at(2).dispatch(2, 0).line(2).at(3).preempt(2).at(5);
    const locks = locksOf(script.dispatch(1, 0).line(1).log);
    expect(locks.rows).toBe(1);
    expect(locks.processOf(0)).toBe(1);
    expect(rowOf(locks, 0, 6)).toBe('112..1');
  });

  it('has a row once its process has a second thread, from when its first one runs', () => {
    const script = new LogScript().process(1).dispatch(1, 0).line(1);
    expect(locksOf(script.log).rows).toBe(0);
    const locks = locksOf(script.at(1).line(1).thread(2, 1, 'T').at(2).line(1).log);
    expect(rowOf(locks, 0, 3)).toBe('111');
  });
});
