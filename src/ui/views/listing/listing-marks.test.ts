import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MachineState, ThreadView } from '../../../replay/model.ts';
import { lineInFocus, marksByLine, scrollFor } from './listing-marks.ts';

const thread = (tid: number, line: number | null, state: ThreadView['state'], since = 0): ThreadView =>
  ({ tid, pid: tid, shortName: `P${tid}`, line, state, since }) as ThreadView;

const machine = (threads: readonly ThreadView[], cpus: readonly (number | null)[] = [null]): MachineState =>
  ({ threads, cpus }) as MachineState;

describe('marks in the listing', () => {
  it('stand at the line of each living thread', () => {
    const marks = marksByLine(machine([thread(1, 4, 'Running'), thread(2, 4, 'Ready'), thread(3, 9, 'Blocked')]));
    expect(marks.get(4)?.map(({ tid }) => tid)).toEqual([1, 2]);
    expect(marks.get(9)?.map(({ tid }) => tid)).toEqual([3]);
  });

  it('are gone with the thread, and not there before its first step', () => {
    expect(marksByLine(machine([thread(1, 4, 'Terminated'), thread(2, null, 'New')])).size).toBe(0);
  });
});

describe('the line in focus', () => {
  const threads = [thread(1, 4, 'Ready', 5), thread(2, 7, 'Running', 6), thread(3, 9, 'Blocked', 6)];

  it('is the selected thread’s, else the running one’s', () => {
    expect(lineInFocus(machine(threads, [2]), 3)).toBe(9);
    expect(lineInFocus(machine(threads, [null, 2]), null)).toBe(7);
  });

  it('is that of the last change when nobody runs, and none before anything was executed', () => {
    expect(lineInFocus(machine([thread(1, 4, 'Terminated', 5), thread(3, 9, 'Terminated', 8)]), null)).toBe(9);
    expect(lineInFocus(machine([thread(1, null, 'New')]), null)).toBeNull();
  });

  it('is in view wherever the listing is scrolled for it', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.integer({ min: 60, max: 900 }), (top, height) => {
        const scroll = scrollFor(top, height);
        expect(top).toBeGreaterThanOrEqual(scroll);
        expect(top).toBeLessThanOrEqual(scroll + height);
      }),
    );
  });
});
