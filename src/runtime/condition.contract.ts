import { expect, test } from 'vitest';
import { BlockReason, Kind, Operation, Outcome } from '../abi/record.ts';
import type { Runner } from './fixtures/modes.fixture.ts';

const NOT_OWNED = 'AssertionError: lock is not owned';

/** What every condition keeps, whatever lies below it. */
export function conditionContract(run: Runner): void {
  const claim = (name: string): ReturnType<Runner> => run({ program: 'condition-claims', parameters: { claim: name } });

  test('without its lock nobody may wait or notify', async () => {
    const { stdout } = await claim('notHeld');
    expect(stdout.split('\n')).toEqual([
      'AssertionError: must acquire() condition before using wait()',
      NOT_OWNED,
      NOT_OWNED,
      'AssertionError: must acquire() condition before using wait()',
      'AssertionError: attempt to release recursive lock not owned by thread',
      'TypeError: the lock of a Condition must be a Lock or an RLock',
      NOT_OWNED,
      'no error',
      'no error',
      'no error',
      '',
    ]);
  });

  test('notify wakes exactly as many as it says, notifyAll all', async () => {
    const { stdout, status } = await claim('exactlyAsMany');
    expect(status.state).toBe('finished');
    const lines = stdout.split('\n');
    expect(lines.filter((line) => line.startsWith('woken'))).toEqual(['woken: 1', 'woken: 3', 'woken: 6']);
    expect(lines.filter((line) => line.endsWith('True'))).toHaveLength(6);
  });

  test('who has waited longest is woken first', async () => {
    const { stdout } = await claim('inOrder');
    expect(stdout).toBe('1 True\n2 True\n3 True\n4 True\n');
  });

  test('who is woken takes the lock again before it goes on', async () => {
    const { stdout } = await claim('lockFirst');
    expect(stdout).toMatch(/^woken: 0\n(?:[123] True\n){3}woken: 3\n$/);
  });

  test('a notification that nobody waits for is lost; a wait may time out, and has the lock again then', async () => {
    const { stdout, records } = await claim('notKept');
    expect(stdout).toBe('False False False\nno error\n');
    const waits = records.filter(({ kind, aux }) => kind === Kind.DONE && aux === Operation.WAIT);
    expect(waits.map(({ a }) => a)).toEqual([Outcome.TIMED_OUT, Outcome.TIMED_OUT, Outcome.TIMED_OUT]);
    expect(records.filter(({ kind, aux }) => kind === Kind.BLOCKED && aux === BlockReason.CONDITION)).toHaveLength(1);
  });

  test('a recursive lock is given back whole while one waits, and is as deep as before afterwards', async () => {
    const { stdout } = await claim('depthKept');
    expect(stdout).toBe('True\nAssertionError: attempt to release recursive lock not owned by thread\n');
  });

  test('waitFor waits until it is true, or for its time, and returns what was said last', async () => {
    const { stdout } = await claim('waitsFor');
    expect(stdout).toBe('level 4\nFalse 7\n');
  });

  test('a waiter that is killed does not take the notification from the next one', async () => {
    const { stdout, status } = await claim('killedWaiter');
    expect({ state: status.state, stdout }).toEqual({ state: 'finished', stdout: '2 True\n0\n' });
  });

  test('a bounded buffer loses nothing and doubles nothing', async () => {
    const { stdout, status } = await claim('boundedBuffer');
    expect({ state: status.state, stdout }).toEqual({ state: 'finished', stdout: '0 24\n' });
  });

  test('a wait that nobody can end is a deadlock', async () => {
    const { status } = await claim('nobodyNotifies');
    expect(status.state).toBe('deadlock');
  });
}
