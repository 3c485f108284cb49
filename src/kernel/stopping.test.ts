import { describe, expect, test } from 'vitest';
import { Control } from '../abi/control.ts';
import { Kind, PreemptCause } from '../abi/record.ts';
import { asTid } from '../base/ids.ts';
import { gantt, logWords, ofKind, openLab, twoSpinners, workload } from './lab.fixture.ts';

describe('picks', () => {
  test('a pick is taken first, is recorded, and is reproduced by the schedule', async () => {
    const lab = await openLab(twoSpinners);
    const machine = { policy: 'fcfs' } as const;
    await lab.load({ launcher: true, machine });
    await lab.kernel.run({ steps: 3 });
    await lab.kernel.pick(asTid(2));
    await lab.kernel.run({});
    const entries = lab.entries();
    expect(gantt(entries).slice(0, 6)).toBe('111222');
    expect(ofKind(entries, Kind.PREEMPTED)).toMatchObject([{ tick: 3, tid: 1, aux: PreemptCause.PICK, a: 2 }]);
    expect(ofKind(entries, Kind.PICK).at(-1)).toMatchObject({ tick: 3, tid: 2, cpu: 0, a: 2, b: 1 });
    const picked = logWords(lab.memory);
    const schedule = await lab.kernel.schedule();
    expect(schedule.picks).toEqual([{ tick: 3, tid: 2 }]);
    await lab.run({ launcher: true, machine, schedule });
    expect(logWords(lab.memory)).toEqual(picked);
  });

  test('before anything ran the first thread can be picked', async () => {
    const lab = await openLab(twoSpinners);
    await lab.load({ launcher: true, machine: { policy: 'manual' } });
    await lab.kernel.pick(asTid(2));
    await lab.kernel.run({});
    expect(gantt(lab.entries())).toBe('2'.repeat(30) + '1'.repeat(30));
  });

  test('a pick of a thread that is neither Ready nor Running is refused; in a link it is ignored', async () => {
    const lab = await openLab(twoSpinners);
    await lab.load({ launcher: true });
    await expect(lab.kernel.pick(asTid(7))).rejects.toThrow('neither Ready nor Running');
    await lab.kernel.run({});
    const plain = logWords(lab.memory);
    await lab.run({ launcher: true, schedule: { picks: [{ tick: 4, tid: asTid(7) }], inputs: [] } });
    expect(logWords(lab.memory)).toEqual(plain);
    expect((await lab.kernel.schedule()).picks).toEqual([]);
  });

  test('several picks of a tick fill the CPUs in order', async () => {
    const lab = await openLab(workload('0:c4,0:c4,0:c4,0:c4'));
    const picks = [3, 4].map((tid) => ({ tick: 2, tid: asTid(tid) }));
    const entries = await lab.run({
      launcher: true,
      machine: { cpus: 2, policy: 'fcfs' },
      schedule: { picks, inputs: [] },
    });
    expect([gantt(entries, 0), gantt(entries, 1)]).toEqual(['11333311', '22444422']);
  });

  test('a picked thread that leaves its CPU on its free way makes room for the next pick', async () => {
    const lab = await openLab(workload('0:c2,0:i3-c1,0:c2'));
    const picks = [2, 3].map((tid) => ({ tick: 0, tid: asTid(tid) }));
    const entries = await lab.run({ launcher: true, machine: { policy: 'fcfs' }, schedule: { picks, inputs: [] } });
    expect(gantt(entries)).toBe('33112');
    expect((await lab.kernel.schedule()).picks).toEqual(picks);
  });

  test('between the steps of two CPUs a pick is for the next tick', async () => {
    const lab = await openLab(workload('0:c4,0:c4,0:c4'));
    await lab.load({ launcher: true, machine: { cpus: 2, policy: 'fcfs' } });
    expect(await lab.kernel.run({ steps: 1 })).toMatchObject({ tick: 0, steps: 1 });
    await lab.kernel.pick(asTid(3));
    await lab.kernel.run({});
    expect((await lab.kernel.schedule()).picks).toEqual([{ tick: 1, tid: 3 }]);
    expect(gantt(lab.entries(), 0).slice(0, 3)).toBe('133');
  });
});

describe('stopping and going on', () => {
  test('a run stops where it is told: at a step, a record, a tick', async () => {
    const lab = await openLab(twoSpinners);
    expect(await lab.load({ launcher: true })).toMatchObject({ state: 'ready', tick: 0, steps: 0, records: 4 });
    expect(await lab.kernel.run({ steps: 3 })).toMatchObject({ state: 'paused', steps: 3, tick: 3 });
    expect(await lab.kernel.run({ tick: 10 })).toMatchObject({ steps: 10, tick: 10 });
    const { records } = await lab.kernel.run({ records: 40 });
    expect(records).toBeGreaterThanOrEqual(40);
    expect(records).toBeLessThan(46);
  });

  test('the log does not depend on where a run was stopped', async () => {
    const lab = await openLab(workload('0:c3-i2-c3,1:c5,2:c2-i1-c2,2:c4'));
    const change = { launcher: true, machine: { policy: 'random', cpus: 2 } } as const;
    await lab.run(change);
    const whole = logWords(lab.memory);
    await lab.load(change);
    for (let status = await lab.kernel.run({ steps: 1 }); status.state === 'paused';) {
      status = await lab.kernel.run({ steps: 1 });
    }
    expect(logWords(lab.memory)).toEqual(whole);
  });

  test('a pause is heard at the next step, and is over when the kernel has stopped', async () => {
    const lab = await openLab({
      *main(env) {
        for (let step = 0; step < 100; step += 1) {
          yield { ask: 'checkpoint' };
          if (step === 9) Atomics.store(env.memory.words, Control.PAUSE, 1);
        }
      },
    });
    await lab.load();
    expect(await lab.kernel.run({})).toMatchObject({ state: 'paused', steps: 10 });
    expect(await lab.kernel.run({})).toMatchObject({ state: 'finished', steps: 100 });
  });

  test('a muted run writes no records', async () => {
    const lab = await openLab(twoSpinners);
    expect(await lab.run({ launcher: true, muted: true })).toEqual([]);
    expect((await lab.kernel.run({})).steps).toBe(60);
  });
});
