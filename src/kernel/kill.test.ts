import { describe, expect, test } from 'vitest';
import { slotAt } from '../abi/layout.ts';
import { EndCause, InputKind, Kind, RunEnd } from '../abi/record.ts';
import { Life, Slot } from '../abi/slot.ts';
import { compute, gantt, logWords, ofKind, openLab, twoSpinners } from './lab.fixture.ts';

describe('kill', () => {
  test('a killed process leaves whatever state it is in, with the code it was given', async () => {
    const lab = await openLab({
      *main() {
        yield { ask: 'checkpoint' };
        yield { ask: 'spawn', target: 'sleeper' };
        yield { ask: 'spawn', target: 'spin' };
        yield { ask: 'checkpoint' };
        yield { ask: 'checkpoint' };
        yield { ask: 'checkpoint' };
        expect(yield { ask: 'kill', pid: 2 }).toBe(1);
        expect(yield { ask: 'kill', pid: 3, code: -9 }).toBe(1);
        expect(yield { ask: 'kill', pid: 3 }).toBe(0);
        expect(yield { ask: 'kill', pid: 99 }).toBe(0);
        yield { ask: 'checkpoint' };
      },
      *sleeper() {
        yield { ask: 'sleep', ticks: 100 };
      },
      *spin() {
        yield* compute(100);
      },
    });
    const entries = await lab.run({ machine: { cpus: 2 } });
    expect(ofKind(entries, Kind.TERMINATED)).toMatchObject([
      { tid: 2, aux: EndCause.KILLED, a: -15, cpu: -1 },
      { tid: 3, aux: EndCause.KILLED, a: -9, cpu: 1 },
      { tid: 1, aux: EndCause.RETURNED },
    ]);
    for (let slot = 0; slot < 3; slot += 1) {
      expect(Atomics.load(lab.memory.words, slotAt(slot) + Slot.LIFE)).toBe(Life.PARKED);
    }
  });

  test('the CPU that a kill makes free takes a Ready thread in the same tick', async () => {
    const lab = await openLab({
      *main() {
        yield { ask: 'spawn', target: 'killer' };
        yield { ask: 'spawn', target: 'spin' };
        yield { ask: 'spawn', target: 'spin' };
      },
      *killer() {
        yield { ask: 'checkpoint' };
        yield { ask: 'kill', pid: 2 };
        yield { ask: 'checkpoint' };
      },
      *spin() {
        yield* compute(3);
      },
    });
    const entries = await lab.run({ launcher: true, machine: { cpus: 2, policy: 'fcfs' } });
    expect(gantt(entries, 1)).toBe('333');
  });

  test('a wake-up that a killed thread can no longer use goes on to the next waiter', async () => {
    const word = 60;
    const lab = await openLab({
      *main() {
        yield { ask: 'checkpoint' };
        yield { ask: 'spawn', target: 'waiter' };
        yield { ask: 'spawn', target: 'waiter' };
        yield { ask: 'sleep', ticks: 5 };
        yield { ask: 'checkpoint' };
        expect(yield { ask: 'wake', word, count: 1 }).toBe(1);
        yield { ask: 'kill', pid: 2 };
        yield { ask: 'checkpoint' };
      },
      *waiter() {
        yield { ask: 'checkpoint' };
        yield { ask: 'wait', word, expected: 0 };
      },
    });
    const entries = await lab.run();
    expect(ofKind(entries, Kind.WOKEN).map(({ tid, a }) => [tid, a])).toEqual([
      [2, 1],
      [3, 2],
    ]);
    expect(ofKind(entries, Kind.END)).toMatchObject([{ aux: RunEnd.FINISHED }]);
  });

  test('a process that kills itself is gone', async () => {
    const lab = await openLab({
      *main(env) {
        yield { ask: 'checkpoint' };
        yield { ask: 'kill', pid: env.pid };
        throw new Error('unreachable');
      },
    });
    const entries = await lab.run();
    expect(entries.at(-2)).toMatchObject({ kind: Kind.TERMINATED, aux: EndCause.KILLED, cpu: 0 });
  });

  test('a process takes its threads with it, and nobody else: who it has started lives on, daemon or not', async () => {
    const lab = await openLab({
      *main() {
        yield { ask: 'checkpoint' };
        yield { ask: 'spawn', target: 'spin', thread: true };
        yield { ask: 'spawn', target: 'spin', daemon: true };
        yield { ask: 'spawn', target: 'spin' };
        yield { ask: 'checkpoint' };
      },
      *spin() {
        yield* compute(10);
      },
    });
    const entries = await lab.run();
    expect(ofKind(entries, Kind.CREATED).map(({ tid, a, c }) => [tid, a, c])).toEqual([
      [1, 1, 0],
      [2, 1, 1],
      [3, 2, 1],
      [4, 3, 1],
    ]);
    expect(ofKind(entries, Kind.TERMINATED).map(({ tid, aux, a }) => [tid, aux, a])).toEqual([
      [1, EndCause.RETURNED, 0],
      [2, EndCause.DAEMON, 0],
      [3, EndCause.RETURNED, 0],
      [4, EndCause.RETURNED, 0],
    ]);
  });

  test('a waiter that was chosen and is killed before it runs hands its wake-up on', async () => {
    const lab = await openLab({
      *main(env) {
        yield { ask: 'checkpoint' };
        for (const name of ['first', 'second', 'third']) yield { ask: 'spawn', target: 'waiter', name };
        yield { ask: 'sleep', ticks: 9 };
        expect(yield { ask: 'wake', word: env.word(0), count: 1 }).toBe(1);
        yield { ask: 'kill', pid: 2 };
        yield { ask: 'checkpoint' };
        // By now the second is Ready, and has not run either.
        yield { ask: 'kill', pid: 3 };
      },
      *waiter(env) {
        yield { ask: 'checkpoint' };
        yield { ask: 'wait', word: env.word(0), expected: 0 };
      },
    });
    const entries = await lab.run({ machine: { policy: 'fcfs' } });
    expect(ofKind(entries, Kind.WOKEN).map(({ tid, a }) => [tid, a])).toEqual([
      [2, 1],
      [3, 2],
      [4, 3],
    ]);
    expect(entries.at(-1)).toMatchObject({ kind: Kind.END, aux: RunEnd.FINISHED });
  });

  test('a wake-up that has reached its thread, or was for all, is not handed on', async () => {
    const lab = await openLab({
      *main(env) {
        yield { ask: 'checkpoint' };
        yield { ask: 'spawn', target: 'waiter' };
        yield { ask: 'spawn', target: 'waiter' };
        yield { ask: 'sleep', ticks: 9 };
        yield { ask: 'wake', word: env.word(0), count: 1 };
        yield { ask: 'sleep', ticks: 9 };
        yield { ask: 'kill', pid: 2 };
        yield { ask: 'sleep', ticks: 9 };
        yield { ask: 'wake', word: env.word(0) };
        yield { ask: 'spawn', target: 'late' };
        yield { ask: 'kill', pid: 3 };
      },
      *waiter(env) {
        yield { ask: 'checkpoint' };
        yield { ask: 'wait', word: env.word(0), expected: 0 };
        yield* compute(100);
      },
      *late() {
        yield* compute(1);
      },
    });
    const entries = await lab.run();
    expect(ofKind(entries, Kind.WOKEN).map(({ tid, a }) => [tid, a])).toEqual([
      [2, 1],
      [3, 1],
    ]);
  });

  test('a kill from outside happens at the next tick, is recorded, and is reproduced by the schedule', async () => {
    const lab = await openLab(twoSpinners);
    await lab.load({ launcher: true });
    await lab.kernel.run({ steps: 7 });
    await lab.kernel.kill(2);
    await lab.kernel.run({});
    const live = logWords(lab.memory);
    const schedule = await lab.kernel.schedule();
    expect(schedule.inputs).toEqual([{ kind: 'kill', tick: 8, pid: 2 }]);
    const entries = await lab.run({ launcher: true, schedule });
    expect(logWords(lab.memory)).toEqual(live);
    expect(ofKind(entries, Kind.INPUT)).toMatchObject([{ aux: InputKind.KILL, a: 2, b: -15, tick: 8 }]);
    await expect(lab.kernel.kill(2)).rejects.toThrow('the run is over');
  });

  test('a kill that cannot be says why: no such process, or a run that is over though the process is there', async () => {
    const lab = await openLab({
      *main(env) {
        yield { ask: 'checkpoint' };
        yield { ask: 'wait', word: env.word(0), expected: 0 };
      },
    });
    await lab.load();
    await expect(lab.kernel.kill(2)).rejects.toThrow('there is no process 2 to end');
    expect(await lab.kernel.run({})).toMatchObject({ state: 'deadlock' });
    await expect(lab.kernel.kill(1)).rejects.toThrow('process 1 cannot be ended: the run is over');
  });

  test('a kill on the schedule can end a deadlock', async () => {
    const lab = await openLab({
      *main(env) {
        yield { ask: 'checkpoint' };
        yield { ask: 'wait', word: env.word(0), expected: 0 };
      },
    });
    const entries = await lab.run({ schedule: { picks: [], inputs: [{ kind: 'kill', tick: 40, pid: 1 }] } });
    expect(entries.at(-1)).toMatchObject({ kind: Kind.END, aux: RunEnd.FINISHED, tick: 40 });
  });
});
