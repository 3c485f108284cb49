import { expect, test } from 'vitest';
import type { Runner } from './fixtures/modes.fixture.ts';

/** What every event keeps, whatever lies below it. */
export function eventContract(run: Runner): void {
  const claim = (name: string): ReturnType<Runner> => run({ program: 'event-claims', parameters: { claim: name } });

  test('the flag begins down; set raises it, clear lowers it; wait says whether it was up in time', async () => {
    const { stdout } = await claim('flag');
    expect(stdout).toBe('False False\nTrue True True\nFalse False\n');
  });

  test('whom a set has woken goes on, although clear follows at once', async () => {
    const { stdout, status } = await claim('setAndClear');
    expect(stdout).toBe('True\nFalse\n');
    expect(status.state).toBe('finished');
  });

  test('one set wakes all', async () => {
    const { stdout, status } = await claim('setWakesAll');
    expect(stdout).toBe('True\nTrue\nTrue\n');
    expect(status.state).toBe('finished');
  });

  test('a wait that is longer than the clock lasts is one for ever', async () => {
    const { status, stdout } = await claim('waitsForAges');
    expect({ state: status.state, stdout }).toEqual({ state: 'deadlock', stdout: '' });
  });

  test('a wait that nobody can end is a deadlock', async () => {
    const { status } = await claim('nobodySets');
    expect(status.state).toBe('deadlock');
  });
}
