import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES } from '../../abi/config.ts';
import { comes, inOrder } from '../events.fixture.ts';
import { NodeLab } from '../node-lab.fixture.ts';
import { linesOf } from '../twin.ts';
import { mainThread } from './scenario.ts';
import { twin } from './twin.ts';

describe('main-thread', { timeout: 60_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: save saves all three after the main thread’s last line', async () => {
    const { state, replay, stdout } = await lab.run(mainThread);
    expect(state).toBe('finished');
    expect(twin.normalise(stdout)).toEqual([
      'The main thread has ended',
      'save 1',
      'save 2',
      'save 3',
      'save has ended',
    ]);
    expect(
      inOrder(replay, 'print?thread=P1', 'print?thread=save', 'terminated?thread=save', 'terminated?thread=P1'),
    ).toBe(true);
  });

  test('answers its second question: show is cut off when save ends, before it has shown all', async () => {
    const { replay, stdout } = await lab.run(mainThread);
    expect(inOrder(replay, 'print?thread=show', 'terminated?thread=save', 'terminated?thread=show&cause=daemon')).toBe(
      true,
    );
    const shown = linesOf(stdout).filter((line) => /^show \d/.test(line)).length;
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThan(8);
  });

  test('an ordinary show comes to its end, and the process with it', async () => {
    const { replay, stdout } = await lab.run(mainThread, { daemon: false });
    expect(linesOf(stdout).at(-1)).toBe('show has ended');
    expect(comes(replay, 'terminated?cause=daemon')).toBe(false);
  });

  test('with join the main thread is Blocked until save has ended', async () => {
    const { replay } = await lab.run(mainThread, { join: true });
    expect(inOrder(replay, 'blocked?thread=P1&reason=join', 'terminated?thread=save', 'print?thread=P1')).toBe(true);
  });

  test('no daemon comes to its end, and nothing else is cut off, whatever the scheduler', async () => {
    for (const policy of POLICY_NAMES) {
      for (const cpus of [1, 2, 4]) {
        for (const values of twin.determined) {
          const { state, stdout } = await lab.run(mainThread, values, { policy, cpus, quantum: 1 });
          expect(state, `${policy}, ${cpus}`).toBe('finished');
          expect(twin.normalise(stdout, values), `${policy}, ${cpus}`).toEqual(twin.expected(values));
          expect(stdout.includes('show has ended'), `${policy}, ${cpus}`).toBe(values.daemon === false);
          const saysMain = stdout.indexOf('The main thread has ended');
          expect(saysMain < stdout.indexOf('save 1'), `${policy}, ${cpus}`).toBe(values.join === false);
        }
      }
    }
  });
});
