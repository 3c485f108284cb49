import { expect, test } from 'vitest';
import { ObjectKind } from '../abi/objects.ts';
import { Kind, Operation, Outcome } from '../abi/record.ts';
import type { LogRecord } from './fixtures/lab.fixture.ts';
import type { Runner } from './fixtures/modes.fixture.ts';

const about = (records: readonly LogRecord[], kind: number, object: number): number[] =>
  records.filter((record) => record.kind === kind && record.object === object).map(({ tid }) => tid);

const locksOf = (records: readonly LogRecord[]): number[] =>
  records.filter(({ kind, aux }) => kind === Kind.OBJECT && aux === ObjectKind.LOCK).map(({ object }) => object);

/** What every lock keeps, whatever lies below it, handed over or not. */
export function lockContract(run: Runner, fair = false): void {
  const claim = (name: string): ReturnType<Runner> =>
    run({ program: 'lock-claims', parameters: { claim: name, fair } });

  test('one holder at a time: nothing is lost under a lock', async () => {
    const { stdout, stderr } = await run({ program: 'count', parameters: { workers: 4, rounds: 50, locked: true } });
    expect({ stdout, stderr }).toEqual({ stdout: '200\n', stderr: '' });
  });

  test('a free lock cannot be released, and is still free after the attempt', async () => {
    const { stdout } = await claim('releaseUnlocked');
    expect(stdout).toBe('ValueError semaphore or lock released too many times\nTrue\n');
  });

  test('acquire says whether it got the lock: not blocking, with a time-out, with a negative one', async () => {
    const { stdout, records } = await claim('tryToTake');
    expect(stdout).toBe('True False False False\nTrue\n');
    const done = records.filter(({ kind, aux }) => kind === Kind.DONE && aux === Operation.ACQUIRE);
    const { OK, FALSE, TIMED_OUT } = Outcome;
    expect(done.map(({ a }) => a)).toEqual([OK, FALSE, TIMED_OUT, FALSE, OK]);
  });

  test('any process may release it', async () => {
    const { stdout } = await claim('strangerReleases');
    expect(stdout).toBe('True\n');
  });

  test('waiters are woken in the order in which they came', async () => {
    const { records, status } = await claim('waitersQueue');
    expect(status.state).toBe('finished');
    const [lock = 0] = locksOf(records);
    const blocked = about(records, Kind.BLOCKED, lock);
    expect(blocked.length).toBeGreaterThan(3);
    expect(about(records, Kind.WOKEN, lock)).toEqual(blocked);
  });

  test('two locks taken in opposite order: nobody goes on, and the run says so', async () => {
    const { records, status } = await claim('oppositeOrder');
    expect(status.state).toBe('deadlock');
    const locks = locksOf(records);
    expect(locks).toHaveLength(2);
    for (const lock of locks) expect(about(records, Kind.BLOCKED, lock)).toHaveLength(1);
  });

  test('a waiter that is killed does not keep the next one from the lock', async () => {
    const { stdout, status } = await claim('killedWaiter');
    expect(stdout).toBe('-15\ngot it: True\n');
    expect(status.state).toBe('finished');
  });
}

export function fairLockContract(run: Runner): void {
  const claim = (name: string): ReturnType<Runner> =>
    run({ program: 'lock-claims', parameters: { claim: name, fair: true } });
  lockContract(run, true);

  test('it is handed to whoever has waited longest, not to one who comes by', async () => {
    const { stdout } = await claim('comesBy');
    expect(stdout).toBe('first\nsecond\ncame by\n');
  });

  test('a waiter whose time is up is passed over', async () => {
    const { stdout, status } = await claim('givesUp');
    expect(status.state).toBe('finished');
    expect(stdout).toBe('False\nTrue True\nTrue\n');
  });
}
