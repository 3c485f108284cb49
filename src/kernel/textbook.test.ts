import { describe, expect, test } from 'vitest';
import { Kind } from '../abi/record.ts';
import type { PolicyName } from '../abi/config.ts';
import { average, gantt as ganttByTid, measure, openLab, workload, type Entry } from './lab.fixture.ts';

async function runJobs(jobs: string, policy: PolicyName, machine = {}): Promise<Entry[]> {
  const lab = await openLab(workload(jobs));
  return lab.run({ launcher: true, machine: { policy, quantum: 1, ...machine } });
}

const all = (entries: readonly Entry[]) => {
  const tids = entries.filter((entry) => entry.kind === Kind.CREATED).map((entry) => entry.tid);
  return tids.map((tid) => measure(entries, tid));
};

/** As `ganttByTid`, but 0 for P0. */
const gantt = (entries: readonly Entry[]): string =>
  ganttByTid(entries).replaceAll(/\d/g, (tid) => String(Number(tid) - 1));

describe('the textbook’s numbers', () => {
  test('round robin with quantum 1 serves jobs of 3, 5 and 2 with response 1, turnaround 7.67 and waiting 4.33', async () => {
    const entries = await runJobs('0:c3,0:c5,0:c2', 'rr');
    expect(gantt(entries)).toBe('0120120111');
    const measures = all(entries);
    expect(average(measures.map((each) => each.response))).toBe(1);
    expect(average(measures.map((each) => each.turnaround))).toBeCloseTo(7.67, 2);
    expect(average(measures.map((each) => each.waiting))).toBeCloseTo(4.33, 2);
  });

  test('first come, first served makes jobs of 100, 10 and 10 wait behind the long one: turnaround 110', async () => {
    const measures = all(await runJobs('0:c100,0:c10,0:c10', 'fcfs'));
    expect(average(measures.map((each) => each.turnaround))).toBe(110);
  });

  test('shortest job first halves that: turnaround 50', async () => {
    const measures = all(await runJobs('0:c100,0:c10,0:c10', 'sjf'));
    expect(average(measures.map((each) => each.turnaround))).toBe(50);
  });

  test('a process with I/O among CPU-bound ones takes 31 ticks, 21 of them busy, and waits in the 7th to 16th', async () => {
    const entries = await runJobs('0:c1-i5-c2-i5-c2-i5-c1,0:c5,0:c5,0:c5', 'fcfs');
    const lines = entries.filter((entry) => entry.kind === Kind.LINE);
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)?.tick).toBe(30);
    expect(entries.at(-1)).toMatchObject({ kind: Kind.END, tick: 31 });
    expect(measure(entries, 1).readyIn).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  });

  test('I/O of 3 after a step in tick t blocks during t + 1 to t + 3', async () => {
    const entries = await runJobs('0:c3-i3-c1', 'fcfs');
    expect(measure(entries, 1).ran).toEqual([0, 1, 2, 6]);
    expect(entries.find((entry) => entry.kind === Kind.BLOCKED)).toMatchObject({ tick: 2, a: 6, cpu: 0 });
  });

  test('I/O in front of the first CPU burst costs no tick of CPU', async () => {
    const entries = await runJobs('0:i3-c1,0:c5', 'fcfs');
    expect(gantt(entries)).toBe('111110');
    expect(measure(entries, 1).readyIn).toEqual([3, 4]);
  });

  test('shortest remaining time first lets a shorter rest take the CPU', async () => {
    // Silberschatz, example of SRTF: bursts 8, 4, 9, 5 at 0, 1, 2, 3: average waiting 6.5.
    const entries = await runJobs('0:c8,1:c4,2:c9,3:c5', 'srtf');
    expect(gantt(entries)).toBe('01111333330000000222222222');
    expect(average(all(entries).map((each) => each.waiting))).toBe(6.5);
  });

  test('shortest job first never takes a CPU away', async () => {
    const entries = await runJobs('0:c8,1:c4,2:c9,3:c5', 'sjf');
    expect(gantt(entries)).toBe('00000000111133333222222222');
    expect(entries.some((entry) => entry.kind === Kind.PREEMPTED)).toBe(false);
  });

  test('priority is preemptive and takes turns among equals', async () => {
    const entries = await runJobs('0:c3@5,1:c2@1,1:c2@1', 'priority');
    expect(gantt(entries)).toBe('0121200');
  });

  test('arrivals and wake-ups go before the thread whose quantum ended in the same tick', async () => {
    // Tick 5: P1's I/O is done, P2 arrives, P0's quantum is over. In this order they run.
    const entries = await runJobs('0:c6,0:c1-i2-c2,5:c2', 'rr', { quantum: 2 });
    expect(gantt(entries)).toBe('00100112200');
    const atFive = entries.filter((entry) => entry.tick === 5).map((entry) => [entry.kind, entry.tid]);
    expect(atFive.slice(0, 3)).toEqual([
      [Kind.READY, 2],
      [Kind.READY, 3],
      [Kind.PREEMPTED, 1],
    ]);
  });

  test('two CPUs share three equal jobs fairly under round robin', async () => {
    const measures = all(await runJobs('0:c20,0:c20,0:c20', 'rr', { cpus: 2 }));
    // P0 and P1 run in tick 0; then each runs two ticks of three: P1 in 0, 1, 3, 4 …, P2 in 1, 2, 4, 5 …
    expect(measures.map((each) => each.turnaround)).toEqual([30, 29, 30]);
  });

  test('a thread that has the Ready queue to itself goes on with a new quantum and no record', async () => {
    const entries = await runJobs('0:c5', 'rr');
    expect(entries.map((entry) => entry.kind)).toEqual([
      Kind.CREATED,
      Kind.READY,
      Kind.DISPATCHED,
      ...Array.from({ length: 5 }, () => Kind.LINE),
      Kind.TERMINATED,
      Kind.END,
    ]);
  });

  test('without I/O hints SJF predicts by exponential averaging', async () => {
    const lab = await openLab({
      *main() {
        yield { ask: 'spawn', target: 'mute' };
      },
      *mute() {
        for (const steps of [9, 9, 9]) {
          for (let step = 0; step < steps; step += 1) yield { ask: 'checkpoint' };
          yield { ask: 'io', ticks: 1 };
        }
      },
    });
    const entries = await lab.run({ launcher: true, machine: { policy: 'sjf' } });
    const ranks = entries.filter((entry) => entry.kind === Kind.READY).map((entry) => entry.b);
    // 5, (5 + 9) / 2 = 7, (7 + 9) / 2 = 8, (8 + 9) / 2 = 8.5 → 9
    expect(ranks).toEqual([5, 7, 8, 9]);
  });
});
