import { expect, test } from 'vitest';
import { ObjectKind, PartRole } from '../abi/objects.ts';
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

  test('what it cannot hold and what it cannot be made of is named', async () => {
    const { stdout } = await claim('errors');
    expect(stdout.split('\n')).toEqual([
      "TypeError: 'float' object cannot be interpreted as an integer",
      "TypeError: 'string' object cannot be interpreted as an integer",
      "TypeError: 'null' object cannot be interpreted as an integer",
      'TypeError: must be real number, not string',
      "TypeError: Value knows the type codes 'i' and 'd', not 'x'",
      "AttributeError: 5 has no method 'acquire'",
      "AttributeError: 'c_double' object has no attribute 'getLock'",
      '',
    ]);
  });

  test('a value += 1 of several processes under its lock loses nothing; the lock is made once', async () => {
    const { stdout, records } = await claim('together');
    expect(stdout).toBe('60\n');
    expect(records.filter(({ kind, aux }) => kind === Kind.OBJECT && aux === ObjectKind.RLOCK)).toHaveLength(1);
    expect(records.filter(({ kind, aux }) => kind === Kind.PART && aux === PartRole.LOCK)).toHaveLength(1);
  });

  test('a variable whose lock nobody asks for has none to be drawn', async () => {
    const { records } = await claim('double');
    expect(records.some(({ kind }) => kind === Kind.PART)).toBe(false);
  });

  test('while somebody holds its lock, others wait to write it', async () => {
    const { stdout } = await claim('held');
    expect(stdout).toBe('1\n5\n');
  });
}
