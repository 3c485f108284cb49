import { describe, expect, test } from 'vitest';
import { MAX_TICKS } from '../abi/limits.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { EndCause, Kind, ReadyCause, RunEnd } from '../abi/record.ts';
import { compute, gantt, join, ofKind, openLab } from './lab.fixture.ts';

describe('blocking and waking', () => {
  test('a waiter is woken, becomes Ready at the next tick, and finishes its call free of charge', async () => {
    const lab = await openLab({
      *main(env) {
        yield { ask: 'checkpoint', line: 1 };
        yield { ask: 'spawn', target: 'child' };
        yield { ask: 'checkpoint', line: 2 };
        const result = yield { ask: 'wait', word: env.word(0), expected: 0 };
        expect(result).toBe(0);
        yield { ask: 'checkpoint', line: 3 };
      },
      *child(env) {
        yield { ask: 'checkpoint', line: 10 };
        Atomics.store(env.memory.words, env.word(0), 1);
        expect(yield { ask: 'wake', word: env.word(0), count: 1 }).toBe(1);
        yield { ask: 'checkpoint', line: 11 };
      },
    });
    const entries = await lab.run({ machine: { policy: 'fcfs' } });
    expect(gantt(entries)).toBe('11221');
    expect(ofKind(entries, Kind.WOKEN)).toMatchObject([{ tick: 2, tid: 1, a: 2 }]);
    const ready = ofKind(entries, Kind.READY).filter((entry) => entry.tid === 1);
    expect(ready).toMatchObject([
      { tick: 0, aux: ReadyCause.CREATED },
      { tick: 3, aux: ReadyCause.WOKEN, a: 2 },
    ]);
    expect(entries.at(-1)).toMatchObject({ kind: Kind.END, aux: RunEnd.FINISHED });
  });

  test('a wait on a word that has changed goes on at once', async () => {
    const lab = await openLab({
      *main(env) {
        yield { ask: 'checkpoint' };
        expect(yield { ask: 'wait', word: env.word(0), expected: 7 }).toBe(1);
        yield { ask: 'checkpoint' };
      },
    });
    const entries = await lab.run();
    expect(ofKind(entries, Kind.BLOCKED)).toHaveLength(0);
    expect(ofKind(entries, Kind.LINE)).toHaveLength(2);
  });

  test('the longest waiter is woken first', async () => {
    const lab = await openLab({
      *main() {
        for (const name of ['a', 'b', 'c']) yield { ask: 'spawn', target: 'waiter', name };
        yield { ask: 'spawn', target: 'waker' };
      },
      *waiter(env) {
        yield { ask: 'checkpoint' };
        yield { ask: 'wait', word: env.word(0), expected: 0 };
      },
      *waker(env) {
        for (let left = 3; left > 0; left -= 1) {
          yield { ask: 'checkpoint' };
          yield { ask: 'wake', word: env.word(0), count: 1 };
        }
      },
    });
    const entries = await lab.run({ launcher: true });
    expect(ofKind(entries, Kind.WOKEN).map((entry) => entry.tid)).toEqual([1, 2, 3]);
  });

  test('a wait with a time-out gives up after its ticks, and is out of the queue then', async () => {
    const lab = await openLab({
      *main(env) {
        yield { ask: 'checkpoint' };
        expect(yield { ask: 'wait', word: env.word(0), expected: 0, ticks: 4 }).toBe(2);
        yield { ask: 'checkpoint' };
        expect(yield { ask: 'wake', word: env.word(0) }).toBe(0);
      },
    });
    const entries = await lab.run();
    expect(gantt(entries)).toBe('1----1');
    expect(ofKind(entries, Kind.BLOCKED)).toMatchObject([{ tick: 0, a: 5 }]);
    expect(ofKind(entries, Kind.READY).at(-1)).toMatchObject({ tick: 5, aux: ReadyCause.TIMED_OUT });
  });

  test('a thread that blocks again on its free way makes room for the next one in the same tick', async () => {
    const lab = await openLab({
      *main() {
        yield { ask: 'spawn', target: 'sleeper' };
        yield { ask: 'spawn', target: 'spin' };
      },
      *sleeper() {
        yield { ask: 'sleep', ticks: 2 };
        yield { ask: 'sleep', ticks: 2 };
      },
      *spin() {
        yield* compute(4);
      },
    });
    const entries = await lab.run({ launcher: true });
    expect(gantt(entries)).toBe('2222');
    expect(ofKind(entries, Kind.BLOCKED).map((entry) => [entry.tick, entry.a])).toEqual([
      [0, 2],
      [2, 4],
    ]);
  });

  test('the clock jumps to the next timer when everybody waits', async () => {
    const lab = await openLab({
      *main() {
        yield { ask: 'checkpoint' };
        yield { ask: 'sleep', ticks: 1000 };
        yield { ask: 'checkpoint' };
      },
    });
    const entries = await lab.run();
    expect(ofKind(entries, Kind.LINE).map((entry) => entry.tick)).toEqual([0, 1001]);
  });

  test('a clock that would have to go beyond its last tick fails the run, and says so', async () => {
    const lab = await openLab({
      *main() {
        yield { ask: 'checkpoint' };
        yield { ask: 'sleep', ticks: MAX_TICKS };
        yield { ask: 'sleep', ticks: MAX_TICKS };
        yield { ask: 'checkpoint' };
      },
    });
    const entries = await lab.run();
    const blocked = ofKind(entries, Kind.BLOCKED).map(({ tick, a }) => [tick, a]);
    expect(blocked).toEqual([
      [0, MAX_TICKS + 1],
      [MAX_TICKS + 1, 0x7fff_ffff],
    ]);
    expect(await lab.kernel.run({})).toMatchObject({ state: 'failed', message: 'the clock ends at tick 2147483647' });
    expect(entries.at(-1)).toMatchObject({ kind: Kind.END, aux: RunEnd.FAILED });
  });

  test('who joins gets to know that the other has ended, and its exit code', async () => {
    const codes: number[] = [];
    const lab = await openLab({
      *main(env) {
        yield { ask: 'checkpoint' };
        yield { ask: 'spawn', target: 'child' };
        const { object } = env.child();
        yield* join(env, object);
        codes.push(Atomics.load(env.memory.words, stateWordOf(object, 1)));
      },
      *child() {
        yield* compute(3);
        return 3;
      },
    });
    const entries = await lab.run();
    expect(codes).toEqual([3]);
    expect(ofKind(entries, Kind.TERMINATED)[0]).toMatchObject({ tid: 2, a: 3, cpu: 0, aux: EndCause.RETURNED });
  });
});
