import { describe, expect, it } from 'vitest';
import { asPid } from '../../../base/ids.ts';
import type { ProcessMeasures } from '../../../replay/model.ts';
import { averages } from './measure-columns.ts';

const process = (pid: number, turnaround: number | null, waiting: number): ProcessMeasures => ({
  pid: asPid(pid),
  name: `P${pid}`,
  arrival: 0,
  response: pid - 1,
  turnaround,
  waiting,
  blocked: 0,
  cpu: 1,
});

describe('the averages', () => {
  it('of round robin with quantum 1 over jobs 3, 5, 2 are the textbook’s', () => {
    const row = averages([process(1, 7, 4), process(2, 10, 5), process(3, 6, 4)]);
    expect(row.response).toBe(1);
    expect(row.turnaround).toBeCloseTo(7.67, 2);
    expect(row.waiting).toBeCloseTo(4.33, 2);
  });

  it('leave out what is not known yet', () => {
    expect(averages([process(1, 7, 4), process(2, null, 5)]).turnaround).toBe(7);
    expect(averages([process(1, null, 4)]).turnaround).toBeNull();
    expect(averages([]).waiting).toBeNull();
  });
});
