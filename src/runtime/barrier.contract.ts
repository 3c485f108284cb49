import { expect, test } from 'vitest';
import { Kind, Operation, Outcome } from '../abi/record.ts';
import type { Runner } from './fixtures/modes.fixture.ts';

const BROKEN = 'BrokenBarrierError: ';

/** What every barrier keeps, whatever lies below it. */
export function barrierContract(run: Runner): void {
  const claim = (name: string): ReturnType<Runner> => run({ program: 'barrier-claims', parameters: { claim: name } });
  const linesOf = async (name: string): Promise<readonly string[]> => {
    const { stdout, stderr, status } = await claim(name);
    expect({ state: status.state, stderr }).toEqual({ state: 'finished', stderr: '' });
    return stdout.trimEnd().split('\n');
  };

  test('nobody passes before all are there, round after round, and the action comes first, once a round', async () => {
    expect(await linesOf('roundAfterRound')).toEqual(['20 10 0 False']);
  });

  test('each has a number of its own, from 0', async () => {
    const lines = await linesOf('indices');
    expect(lines.toSorted()).toEqual(['0', '1', '2', '3']);
  });

  test('the log counts who has arrived, and says when all pass', async () => {
    const { records } = await claim('indices');
    const done = records.filter(({ kind, a }) => kind === Kind.DONE && a === Outcome.OK);
    const arrivals = done.filter(({ aux }) => aux === Operation.ARRIVE).map(({ b }) => b);
    expect(arrivals.toSorted()).toEqual([1, 2, 3, 4]);
    expect(done.filter(({ aux }) => aux === Operation.PASS)).toHaveLength(1);
  });

  test('for one party it is always open', async () => {
    expect(await linesOf('alone')).toEqual(['0 0 1 0 False']);
  });

  test('when more come than it takes, they pass in generations', async () => {
    const lines = await linesOf('crowd');
    expect(lines.toSorted()).toEqual(['0', '0', '0', '1', '1', '1', 'left: 0']);
  });

  test('what it cannot be made of is named', async () => {
    expect(await linesOf('errors')).toEqual([
      'ValueError: parties must be >= 1',
      "TypeError: 'float' object cannot be interpreted as an integer",
      "TypeError: 'number' object is not callable",
      "PicklingError: Can't pickle local object '<lambda>': the action of a barrier must be a top-level function",
    ]);
  });

  test('an action that fails breaks it: the last one gets the error, the others BrokenBarrierError', async () => {
    const lines = await linesOf('actionFails');
    expect(lines.toSorted()).toEqual([BROKEN, BROKEN, 'True 0', 'ValueError: no key']);
    expect(lines.at(-1)).toBe('True 0');
  });

  test('abort breaks it for those who wait and those who come, until reset makes it as new', async () => {
    const lines = await linesOf('aborted');
    expect(lines.slice(0, 5)).toEqual([BROKEN, BROKEN, BROKEN, 'True 0', 'False']);
    expect(lines.slice(5).toSorted()).toEqual(['0', '1', '2']);
  });

  test('reset sends those away who wait, and leaves it whole', async () => {
    const lines = await linesOf('resetWhileWaiting');
    expect(lines.slice(0, 3).toSorted()).toEqual([BROKEN, BROKEN, 'False 0']);
    expect(lines.slice(3).toSorted()).toEqual(['0', '1', '2']);
  });

  test('a time that is up breaks it for all; so does the time that was given when it was made', async () => {
    expect(await linesOf('timeouts')).toEqual([BROKEN, BROKEN, 'True', BROKEN, BROKEN, 'True']);
  });

  test('who comes during the action waits for its end, and its own time begins then: the others pass', async () => {
    const lines = await linesOf('lateComer');
    expect(lines.slice(0, 3).toSorted()).toEqual(['0', '1', BROKEN]);
    expect(lines.slice(3)).toEqual(['True']);
  });

  test('a waiter that is killed has arrived all the same, and does not count in the next generation', async () => {
    const lines = await linesOf('killedWaiter');
    expect(lines.slice(0, 2).toSorted()).toEqual(['1', '2']);
    expect(lines[2]).toBe('next: 0');
    expect(lines.slice(3).toSorted()).toEqual(['0', '1', '2']);
  });

  test('a wait that nobody joins is a deadlock', async () => {
    const { status } = await claim('nobodyElse');
    expect(status.state).toBe('deadlock');
  });
}
