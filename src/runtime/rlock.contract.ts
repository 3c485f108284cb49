import { expect, test } from 'vitest';
import { ObjectKind } from '../abi/objects.ts';
import { Kind, Operation, Outcome } from '../abi/record.ts';
import type { LogRecord } from './fixtures/lab.fixture.ts';
import type { Runner } from './fixtures/modes.fixture.ts';

const STRANGER = 'AssertionError: attempt to release recursive lock not owned by thread\n';

const locksOf = (records: readonly LogRecord[]): number[] =>
  records.filter(({ kind, aux }) => kind === Kind.OBJECT && aux === ObjectKind.RLOCK).map(({ object }) => object);

const about = (records: readonly LogRecord[], kind: number, object: number): number[] =>
  records.filter((record) => record.kind === kind && record.object === object).map(({ tid }) => tid);

/** What every recursive lock keeps, whatever lies below it. */
export function rlockContract(run: Runner): void {
  const claim = (name: string): ReturnType<Runner> => run({ program: 'rlock-claims', parameters: { claim: name } });

  test('its holder may take it again, and must release it as often and no oftener', async () => {
    const { stdout, records, status } = await claim('again');
    expect({ state: status.state, stdout }).toEqual({
      state: 'finished',
      stdout: `True True True True\n${STRANGER}True\n`,
    });
    const done = records.filter(({ kind, a }) => kind === Kind.DONE && a === Outcome.OK);
    const depths = done.filter(({ aux }) => aux === Operation.ACQUIRE || aux === Operation.RELEASE).map(({ b }) => b);
    expect(depths).toEqual([1, 2, 3, 4, 3, 2, 1, 0, 1]);
  });

  test('others get it only after the last release', async () => {
    const { stdout } = await claim('releasedAsOften');
    expect(stdout).toBe('False False\nFalse False\nTrue True\n');
  });

  test('nobody but its holder may release it, not even when it is free', async () => {
    const { stdout } = await claim('strangerReleases');
    expect(stdout).toBe(STRANGER.repeat(3));
  });

  test('one holder at a time: nothing is lost under it, however deep', async () => {
    const { stdout, stderr } = await claim('nothingIsLost');
    expect({ stdout, stderr }).toEqual({ stdout: '100\n', stderr: '' });
  });

  test('waiters are woken in the order in which they came, by last releases only', async () => {
    const { records, status } = await claim('waitersQueue');
    expect(status.state).toBe('finished');
    const [lock = 0] = locksOf(records);
    const blocked = about(records, Kind.BLOCKED, lock);
    expect(blocked.length).toBeGreaterThan(3);
    expect(about(records, Kind.WOKEN, lock)).toEqual(blocked);
  });

  test('two taken in opposite order: nobody goes on, and the run says so', async () => {
    const { records, status } = await claim('oppositeOrder');
    expect(status.state).toBe('deadlock');
    for (const lock of locksOf(records)) expect(about(records, Kind.BLOCKED, lock)).toHaveLength(1);
  });

  test('a waiter that is killed does not keep the next one from the lock', async () => {
    const { stdout, status } = await claim('killedWaiter');
    expect({ state: status.state, stdout }).toEqual({ state: 'finished', stdout: 'got it: True\n' });
  });
}
