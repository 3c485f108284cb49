import { expect, test } from 'vitest';
import { ObjectKind, PartRole } from '../abi/objects.ts';
import { BlockReason, Kind, ValueForm } from '../abi/record.ts';
import { joinDouble } from '../abi/words.ts';
import type { Runner } from './fixtures/modes.fixture.ts';

const NO_INTEGER = "TypeError: 'float' object cannot be interpreted as an integer";

/** What every shared array keeps, whatever lies below it. */
export function arrayContract(run: Runner): void {
  const claim = (name: string): ReturnType<Runner> => run({ program: 'array-claims', parameters: { claim: name } });

  test('it begins with what it was given, or with zeros, and can be gone through', async () => {
    const { stdout } = await claim('contents');
    expect(stdout.split('\n')[0]).toMatch(/^3 \[0, 0, 0\] 3 \[0\.5, 1, -1\d+\]$/);
    expect(stdout.split('\n').slice(1, 4)).toEqual(['0 []', '0.5', '1']);
  });

  test('places are counted from 0 or, negative, from the end; a slice is a copy', async () => {
    const { stdout } = await claim('places');
    expect(stdout).toBe('10 40 40 10 20\n[11, 20, 30, 41] [20, 30] [30, 41] [] [11, 20, 30, 41]\nTrue False\n');
  });

  test('a whole number keeps its low 32 bits', async () => {
    const { stdout } = await claim('wraps');
    expect(stdout).toBe('[-2147483648, 2147483647]\n');
  });

  test('what it cannot hold, where it has no place, what it cannot be made of is named', async () => {
    const { stdout } = await claim('errors');
    expect(stdout.split('\n')).toEqual([
      'IndexError: invalid index',
      'IndexError: invalid index',
      'IndexError: invalid index',
      'TypeError: indices must be integers',
      'TypeError: indices must be integers',
      NO_INTEGER,
      "TypeError: 'string' object cannot be interpreted as an integer",
      'TypeError: must be real number, not string',
      'ValueError: Array length must be >= 0, not -1',
      "TypeError: object of type 'float' has no len()",
      "TypeError: Array knows the type codes 'i' and 'd', not 'x'",
      "TypeError: 'string' object cannot be interpreted as an integer",
      "TypeError: object of type 'null' has no len()",
      "MemoryError: no room for an array of 1000000000 elements: this run's shared memory is full",
      "AttributeError: 5 has no method 'acquire'",
      '[0, 0, 0]',
      '',
    ]);
  });

  test('sent to other processes it is the same array', async () => {
    const { stdout } = await claim('travels');
    expect(stdout).toBe('[0, 1, 4, 9, 16]\n');
  });

  test('its record tells its length, those of its elements which one and what', async () => {
    const { records } = await claim('places');
    const made = records.find(({ kind, aux }) => kind === Kind.OBJECT && aux === ObjectKind.ARRAY);
    expect(made).toMatchObject({ b: 4, c: ValueForm.INTEGER });
    const stores = records.filter(({ kind, object }) => kind === Kind.STORE && object === made?.object);
    expect(stores.map(({ a, b, c }) => [c, joinDouble(a, b)])).toEqual([
      [0, 10],
      [1, 20],
      [2, 30],
      [3, 40],
      [3, 41],
      [0, 11],
    ]);
  });

  test('an element += 1 is a load and a store, each an action of its own', async () => {
    const { records, stdout } = await claim('twoSteps');
    expect(stdout).toBe('1\n');
    const array = records.find(({ kind, aux }) => kind === Kind.OBJECT && aux === ObjectKind.ARRAY)?.object;
    const about = (wanted: number): number =>
      records.filter(({ kind, object }) => kind === wanted && object === array).length;
    expect([about(Kind.LOAD), about(Kind.STORE)]).toEqual([41, 40]);
  });

  test('under its lock nothing is lost; the lock is drawn as a part of it', async () => {
    const { stdout, records } = await claim('together');
    expect(stdout).toBe('60\n');
    const parts = records.filter(({ kind, aux }) => kind === Kind.PART && aux === PartRole.LOCK);
    const made = (wanted: number): number | undefined =>
      records.find(({ kind, aux }) => kind === Kind.OBJECT && aux === wanted)?.object;
    expect(parts.map(({ object, a }) => [object, a])).toEqual([[made(ObjectKind.RLOCK), made(ObjectKind.ARRAY)]]);
  });

  test('while somebody holds its lock, others wait to read it', async () => {
    const { stdout, records } = await claim('held');
    expect(stdout).toBe('7\n');
    expect(records.some(({ kind, aux }) => kind === Kind.BLOCKED && aux === BlockReason.LOCK)).toBe(true);
  });

  test('the lock is one of its own, the one that was given, or none', async () => {
    const { stdout } = await claim('locks');
    expect(stdout.split('\n')).toEqual([
      'True True',
      'no error None',
      '5',
      "AttributeError: 'c_int' object has no attribute 'getLock'",
      '3',
      '',
    ]);
  });

  test('a plain lock that its holder has is waited for in vain', async () => {
    const { status } = await claim('plainLockHeld');
    expect(status.state).toBe('deadlock');
  });
}
