import { expect, test } from 'vitest';
import { Kind } from '../abi/record.ts';
import { joinDouble } from '../abi/words.ts';
import type { Runner } from './fixtures/modes.fixture.ts';

/** What every shared variable keeps. */
export function valueContract(run: Runner): void {
  const claim = (name: string): ReturnType<Runner> => run({ program: 'value-claims', parameters: { claim: name } });

  test('a double keeps its fraction', async () => {
    const { stdout } = await claim('double');
    expect(stdout).toBe('0.75\n');
  });

  test('whole or not, its record says what it holds at first', async () => {
    const { stdout, records } = await claim('firstValues');
    expect(stdout).toBe('-7 1 0.5 2147483647 -2147483648\n');
    const made = records.filter(({ kind }) => kind === Kind.OBJECT).map(({ b, c }) => joinDouble(b, c));
    expect(made).toEqual([-7, 1, 0.5, 2147483647, -2147483648]);
  });
}
