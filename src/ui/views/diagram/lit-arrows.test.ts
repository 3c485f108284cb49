import { describe, expect, test } from 'vitest';
import { asTid } from '../../../base/ids.ts';
import type { ThreadStateName } from '../../../replay/model.ts';
import { litArrows, type Change } from './lit-arrows.ts';

const change = (tid: number, from: ThreadStateName | null, to: ThreadStateName, cause: string): Change => ({
  tid: asTid(tid),
  shortName: `P${tid}`,
  from,
  to,
  cause,
});
const lit = (...changes: Change[]): Record<string, string> =>
  Object.fromEntries(litArrows(changes, (name) => `(${name})`));

describe('litArrows', () => {
  test('an arrow says who went along it, and why', () => {
    expect(lit(change(2, 'Running', 'Blocked', 'waits: sleep'))).toEqual({ block: 'P2 waits: sleep' });
  });

  test('several threads with one reason share the words', () => {
    const woken = [1, 2, 3, 4, 5].map((tid) => change(tid, 'Blocked', 'Ready', 'woken by P9'));
    expect(lit(...woken)).toEqual({ wake: 'P1, P2, P3 +2 woken by P9' });
  });

  test('several reasons become what they have in common', () => {
    expect(lit(change(1, 'Blocked', 'Ready', 'I/O is done'), change(2, 'Blocked', 'Ready', 'woken by P1'))).toEqual({
      wake: 'P1, P2 (wake)',
    });
  });

  test('threads that end in the same step have their words in one place only', () => {
    expect(lit(change(1, 'Ready', 'Terminated', 'killed'), change(2, 'Running', 'Terminated', 'killed'))).toEqual({
      'exit-ready': 'P1, P2 killed',
      exit: '',
    });
  });

  test('a thread that has been made goes along no arrow', () => {
    expect(lit(change(1, null, 'New', 'created'))).toEqual({});
  });
});
