import { describe, expect, test } from 'vitest';
import type { MachineConfig } from '../../abi/config.ts';
import { Kind, PreemptCause } from '../../abi/record.ts';
import { openLab, workload, type Entry } from '../lab.fixture.ts';

async function runJobs(jobs: string, machine: Partial<MachineConfig>): Promise<Entry[]> {
  const lab = await openLab(workload(jobs));
  return lab.run({ launcher: true, machine: { policy: 'mlfq', levels: 3, allotment: 1, ...machine } });
}

const gantt = (entries: readonly Entry[]): string =>
  entries
    .filter((entry) => entry.kind === Kind.LINE)
    .map((entry) => entry.tid - 1)
    .join('');

describe('the rules of the multi-level feedback queue', () => {
  test('rule 1: a higher level takes the CPU from a lower one', async () => {
    const entries = await runJobs('0:c6,3:c2', { quantum: 2 });
    expect(gantt(entries)).toBe('00011000');
    expect(entries.find((entry) => entry.kind === Kind.PREEMPTED)).toMatchObject({
      tick: 3,
      tid: 1,
      aux: PreemptCause.PRIORITY,
      b: 1,
    });
  });

  test('rule 2: equals take turns, with a quantum that doubles at each level', async () => {
    const entries = await runJobs('0:c9,0:c9', { quantum: 1 });
    expect(gantt(entries)).toBe(['01', '0011', '00001111', '0011'].join(''));
  });

  test('rule 3: a new thread starts at the top', async () => {
    const entries = await runJobs('0:c9,5:c1', { quantum: 1 });
    expect(entries.filter((entry) => entry.kind === Kind.READY).map((entry) => entry.b)).toEqual([0, 0]);
    expect(gantt(entries)).toBe('0000010000');
  });

  test('rule 4: a used-up allotment moves a thread down, and I/O does not reset the count', async () => {
    const entries = await runJobs('0:c1-i1-c1-i1-c1-i1-c1', { quantum: 2 });
    expect(entries.filter((entry) => entry.kind === Kind.READY).map((entry) => entry.b)).toEqual([0, 0, 1, 1]);
  });

  test('rule 4: an allotment of two quanta lets a thread have two of them', async () => {
    const entries = await runJobs('0:c8,0:c8', { quantum: 1, allotment: 2 });
    expect(gantt(entries)).toBe(['0101', '00110011', '0011'].join(''));
  });

  test('rule 5: a boost brings everybody back to the top', async () => {
    const entries = await runJobs('0:c8,0:c8', { quantum: 1, boost: 6 });
    const boosts = entries.filter((entry) => entry.kind === Kind.BOOST).map((entry) => entry.tick);
    expect(boosts).toEqual([6, 12]);
    expect(gantt(entries)).toBe(['010011', '101100', '0101'].join(''));
  });

  test('rule 5: whom a boost lifts is demoted no more, and begins a new quantum', async () => {
    // In tick 5 thread 2 uses up its level; the boost of tick 6 lifts it before anybody takes its CPU.
    const entries = await runJobs('0:c8,0:c8', { quantum: 1, boost: 6 });
    const next = entries.filter(({ kind, tick }) => kind === Kind.PREEMPTED && tick >= 6);
    expect(next[0]).toMatchObject({ tick: 7, tid: 2, aux: PreemptCause.DEMOTED, b: 1 });
    // A boost in the middle of a quantum: it lasts three ticks from there.
    const longer = await runJobs('0:c9,0:c9', { quantum: 3, boost: 5, allotment: 2 });
    expect(gantt(longer)).toBe(['00011', '11100', '00011', '110'].join(''));
  });
});
