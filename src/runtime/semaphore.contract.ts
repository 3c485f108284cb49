import { expect, test } from 'vitest';
import { ObjectKind } from '../abi/objects.ts';
import { BlockReason, Kind, Operation, Outcome } from '../abi/record.ts';
import type { LogRecord } from './fixtures/lab.fixture.ts';
import type { Runner } from './fixtures/modes.fixture.ts';

const isSemaphore = ({ kind, aux }: LogRecord): boolean => kind === Kind.OBJECT && aux === ObjectKind.SEMAPHORE;

/** Most that were inside at once: from the record that one got a place to the record that it begins to give it back. */
function mostInside(records: readonly LogRecord[]): number {
  let inside = 0;
  let most = 0;
  for (const { kind, aux, a } of records) {
    if (kind === Kind.DONE && aux === Operation.ACQUIRE && a === Outcome.OK) inside += 1;
    if (kind === Kind.CALL && aux === Operation.RELEASE) inside -= 1;
    most = Math.max(most, inside);
  }
  return most;
}

/** What every semaphore keeps, whatever lies below it. */
export function semaphoreContract(run: Runner): void {
  const claim = (name: string, amount = 0): ReturnType<Runner> =>
    run({ program: 'semaphore-claims', parameters: { claim: name, amount } });

  test('the counter falls with acquire and rises with release; at 0 nobody gets in', async () => {
    const { stdout, records } = await claim('values');
    expect(stdout).toBe('2 1 3\nTrue 1 True 0\nFalse False False False\nTrue 0\n');
    const { OK, FALSE, TIMED_OUT } = Outcome;
    const asked = records.filter(({ kind, aux }) => kind === Kind.DONE && aux === Operation.ACQUIRE);
    expect(asked.map(({ a }) => a)).toEqual([OK, OK, FALSE, TIMED_OUT, FALSE, FALSE, OK]);
  });

  test('what it cannot begin with is named, and so is a release too many', async () => {
    const { stdout } = await claim('errors');
    expect(stdout.split('\n')).toEqual([
      'ValueError: semaphore initial value must be >= 0',
      "TypeError: 'float' object cannot be interpreted as an integer",
      "TypeError: 'string' object cannot be interpreted as an integer",
      'ValueError: semaphore initial value must be <= 2147483647',
      'ValueError: semaphore or lock released too many times',
      '',
    ]);
  });

  test('a Semaphore may be released above where it began, a BoundedSemaphore may not', async () => {
    const { stdout } = await claim('overRelease');
    const error = 'ValueError: semaphore or lock released too many times\n';
    expect(stdout).toBe(`2\n${error}True False 0\n${error}1\n`);
  });

  test.each([1, 2, 3])('never more than %i inside', async (k) => {
    const { stdout, status, records } = await claim('neverMoreThan', k);
    expect({ state: status.state, stdout }).toEqual({ state: 'finished', stdout: `${k}\n` });
    expect(mostInside(records)).toBe(k);
  });

  test('with one place it is a lock: nothing is lost', async () => {
    const { stdout } = await claim('asLock');
    expect(stdout).toBe('100\n');
  });

  test('waiters get in in the order in which they came', async () => {
    const { stdout, records } = await claim('waitersQueue');
    expect(stdout).toBe('0\n');
    const rooms = records.find(isSemaphore)?.object;
    const about = (wanted: number): number[] =>
      records.filter(({ kind, object }) => kind === wanted && object === rooms).map(({ tid }) => tid);
    expect(about(Kind.BLOCKED).length).toBeGreaterThan(3);
    expect(about(Kind.WOKEN)).toEqual(about(Kind.BLOCKED));
  });

  test('each release lets one in, and no more', async () => {
    const { stdout, status } = await claim('oneEach');
    expect({ state: status.state, stdout }).toEqual({ state: 'finished', stdout: '3 0\n' });
  });

  test('sent to another process it is the same semaphore, with the same bound', async () => {
    const { stdout, stderr } = await claim('travels');
    expect(stdout).toBe('True False\n1\n');
    expect(stderr).toMatch(/ValueError: semaphore or lock released too many times\n$/);
  });

  test('a wait that has timed out takes nothing', async () => {
    const { stdout, records } = await claim('timeouts');
    expect(stdout).toBe('False\n0\nTrue\n');
    expect(records.filter(({ kind, aux }) => kind === Kind.BLOCKED && aux === BlockReason.SEMAPHORE)).toHaveLength(1);
  });

  test('a waiter that is killed does not keep the next one from its place', async () => {
    const { stdout, status } = await claim('killedWaiter');
    expect({ state: status.state, stdout }).toEqual({ state: 'finished', stdout: '-15 0 0\n' });
  });

  test('a waiter that is killed when it was already woken leaves its place to the next one', async () => {
    const { stdout, status } = await claim('wokenAndKilled');
    expect({ state: status.state, stdout }).toEqual({
      state: 'finished',
      stdout: 'waits beside a free place: False\n',
    });
  });

  test('a wait that nobody can end is a deadlock', async () => {
    const { status } = await claim('nobodyReleases');
    expect(status.state).toBe('deadlock');
  });
}
