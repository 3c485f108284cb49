import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockReason } from '../abi/record.ts';
import { LogScript } from './log-script.fixture.ts';
import type { LogStore } from './log-store.ts';
import { randomRun } from './random-run.fixture.ts';
import { Replay } from './replay.ts';
import { Transitions } from './transitions.ts';

function transitionsOf(log: LogStore): Transitions {
  const transitions = new Transitions(log);
  transitions.extend();
  return transitions;
}

describe('state changes', () => {
  it('between two cursors lead from the one machine to the other, both ways', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (seed, one, other) => {
        const { log } = randomRun(seed);
        const [from, to] = [one % (log.count + 1), other % (log.count + 1)];
        const replay = new Replay(log);
        replay.extend();
        const states = new Map(replay.at(from).threads.map((thread) => [thread.tid, thread.state]));
        for (const change of transitionsOf(log).between(from, to)) {
          expect(states.get(change.tid) ?? null).toBe(change.from);
          expect(change.reversed).toBe(to < from);
          if (change.to === null) states.delete(change.tid);
          else states.set(change.tid, change.to);
        }
        expect(states).toEqual(new Map(replay.at(to).threads.map((thread) => [thread.tid, thread.state])));
      }),
    );
  });

  it('are legal ones only', () => {
    const legal = ['New→Ready', 'Ready→Running', 'Running→Ready', 'Running→Blocked', 'Blocked→Ready', 'null→New'];
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { log } = randomRun(seed);
        const changes = transitionsOf(log).between(0, log.count);
        const others = changes.filter(({ from, to }) => to !== 'Terminated' && !legal.includes(`${from}→${to}`));
        expect(others).toEqual([]);
      }),
    );
  });

  it('of one thread can be walked', () => {
    const script = new LogScript().process(1).process(2).ready(1).ready(2).dispatch(2).line(2).dispatch(1);
    const { log } = script.block(2, BlockReason.SLEEP, 0, 5);
    const transitions = transitionsOf(log);
    expect([0, 1, 2, 4, 5, 8].map((cursor) => transitions.next(2, cursor))).toEqual([2, 2, 4, 5, 8, null]);
    expect([8, 7, 5, 4, 2, 1].map((cursor) => transitions.previous(2, cursor))).toEqual([5, 5, 4, 2, null, null]);
    expect([transitions.next(9, 0), transitions.previous(9, 8)]).toEqual([null, null]);
  });
});
