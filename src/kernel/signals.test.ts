import { describe, expect, test } from 'vitest';
import { slotAt } from '../abi/layout.ts';
import { Kind } from '../abi/record.ts';
import { Slot, WaitResult } from '../abi/slot.ts';
import { ofKind, openLab } from './lab.fixture.ts';
import type { Env, Script } from './scripted-hosts.fixture.ts';

const SIGINT = 2;
const SIGTERM = 15;
const SIGKILL = 9;
const SIGCHLD = 17;

function handle({ memory, slot }: Env, signal: number): void {
  memory.words[slotAt(slot) + Slot.SIGNALS_HANDLED] = 1 << signal;
}

function pending({ memory, slot }: Env): number {
  return Atomics.exchange(memory.words, slotAt(slot) + Slot.SIGNALS_PENDING, 0);
}

/** The child does `life`, while its parent sends it these signals, one a tick, from tick 5 on. */
async function send(signals: readonly number[], life: (env: Env) => Script) {
  const answers: number[] = [];
  const lab = await openLab({
    *main() {
      yield { ask: 'spawn', target: 'child' };
      yield { ask: 'sleep', ticks: 5 };
      for (const signal of signals) {
        yield { ask: 'checkpoint' };
        answers.push(yield { ask: 'signal', pid: 2, signal });
      }
    },
    child: life,
  });
  const entries = await lab.run({ engine: 'py', machine: { cpus: 2 } });
  return { answers, codes: ofKind(entries, Kind.TERMINATED).map(({ tid, a }) => [tid, a]) };
}

describe('a signal', () => {
  test.each([
    ['ends a process that does not handle it', SIGTERM, -SIGTERM],
    ['SIGKILL ends one that says it handles it', SIGKILL, -SIGKILL],
  ])('%s', async (_, signal, code) => {
    const { codes } = await send([signal], function* life(env) {
      handle(env, SIGKILL);
      yield { ask: 'sleep', ticks: 100 };
    });
    expect(codes).toEqual([
      [2, code],
      [1, 0],
    ]);
  });

  test.each([
    ['a sleep', { ask: 'sleep', ticks: 100 }],
    ['a wait for ever', { ask: 'wait', word: 60, expected: 0 }],
    ['a wait with a limit', { ask: 'wait', word: 60, expected: 0, ticks: 100 }],
  ] as const)('that is handled interrupts %s, and is pending', async (_, wait) => {
    const seen: number[] = [];
    const { answers, codes } = await send([SIGINT], function* life(env) {
      handle(env, SIGINT);
      seen.push(yield wait, pending(env));
      return 7;
    });
    expect(seen).toEqual([WaitResult.INTERRUPTED, 1 << SIGINT]);
    expect(answers).toEqual([1]);
    expect(codes).toContainEqual([2, 7]);
  });

  test('that came while the process ran keeps it from waiting before it was taken', async () => {
    const seen: number[] = [];
    await send([SIGINT], function* life(env) {
      handle(env, SIGINT);
      for (let n = 0; n < 20; n += 1) yield { ask: 'checkpoint' };
      seen.push(yield { ask: 'sleep', ticks: 100 });
      pending(env);
      seen.push(yield { ask: 'sleep', ticks: 1 });
    });
    expect(seen).toEqual([WaitResult.INTERRUPTED, WaitResult.WOKEN]);
  });

  test('0 only looks, SIGCHLD is nothing to who does not handle it, and there must be a process', async () => {
    const { answers, codes } = await send([0, SIGCHLD, SIGTERM, 0], function* life() {
      yield { ask: 'sleep', ticks: 100 };
    });
    expect(answers).toEqual([1, 1, 1, 0]);
    expect(codes).toContainEqual([2, -SIGTERM]);
  });
});
