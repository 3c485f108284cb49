import { expect, test } from 'vitest';
import { ObjectKind } from '../abi/objects.ts';
import { Kind, ValueForm } from '../abi/record.ts';
import { joinDouble } from '../abi/words.ts';
import type { FixtureRun, LogRecord } from './fixtures/lab.fixture.ts';
import type { Mode, Runner } from './fixtures/modes.fixture.ts';

const REFUSAL =
  'TypeError: what threads share cannot be changed in place: assign a new value to the variable, as in items = [...items, item]';

/** Lines after the first, which the top level prints. */
const linesOf = ({ stdout }: FixtureRun): string[] => {
  const [first, ...rest] = stdout.split('\n');
  expect(first).toBe('top level of 1');
  expect(rest.pop()).toBe('');
  return rest;
};

/** Records about the global that was declared `nth` in the first process, from 0. */
function aboutGlobal({ records }: FixtureRun, nth: number): LogRecord[] {
  const globals = records.filter(({ kind, aux }) => kind === Kind.OBJECT && aux === ObjectKind.GLOBAL);
  return records.filter(({ object, kind }) => object === globals[nth]?.object && kind !== Kind.OBJECT);
}

/** What the globals of a process keep: its threads share them, and nobody else. */
export function globalsContract(run: Runner, mode: Mode): void {
  const claim = (name: string): ReturnType<Runner> => run({ program: 'globals-claims', parameters: { claim: name } });

  test('threads share the globals of their process, and no process another’s', async () => {
    expect(linesOf(await claim('sharing'))).toEqual(['4', '40', 'top level of 2', '5', '40']);
  });

  test('every form of declaration declares, once a process', async () => {
    expect(linesOf(await claim('declared'))).toEqual(['first 5 None 1 1 [1, 2] None']);
  });

  test('a thread has the constants as they are when it starts: handles are the same objects, containers refuse changes', async () => {
    expect(linesOf(await claim('constants'))).toEqual(["3 1 9 {'a': [1], 'b': [2]} 8 3 kr", REFUSAL, '4', 'False 1']);
  });

  test('any value that can be sent can be assigned', async () => {
    expect(linesOf(await claim('kinds'))).toEqual([
      '1',
      '-0.5',
      'é漢',
      'x',
      'True',
      'None',
      'None',
      '100000000000000000000',
      '{1: [2]}',
      "{'a'}",
      "b'\\x01\\xff'",
      "{'a': {'b': []}}",
      '<function bump>',
      'x'.repeat(100),
    ]);
  });

  test('a container is a copy that refuses to be changed in place; what cannot be sent is refused, and nothing assigned', async () => {
    expect(linesOf(await claim('frozen'))).toEqual([
      ...Array.from({ length: 7 }, () => REFUSAL),
      '1 [1] 2 [2, 4] True',
      '[1, 2, 3] 3',
      "TypeError: cannot pickle 'WeakMap' object",
      "TypeError: cannot pickle 'symbol' object",
      "{'deep': [{1: [2]}, {1}, b'\\x00\\x00']}",
    ]);
  });

  test('every way to write one writes it', async () => {
    expect(linesOf(await claim('writing'))).toEqual(['1', '2', "{'counter': 5, 'text': 'none'} 3 2 2"]);
  });

  test('one that was declared without a value has none', async () => {
    expect(linesOf(await claim('early'))).toEqual(['None', 'no error', '1']);
  });

  test('each reading and each writing is in the log, with the value; the declaration comes first', async () => {
    const finished = await claim('sharing');
    const said = aboutGlobal(finished, 0).map(({ kind, tid, aux, a, b }) => [kind, tid, aux, joinDouble(a, b)]);
    const { LOAD, STORE } = Kind;
    const integer = (kind: number, tid: number, value: number): number[] => [kind, tid, ValueForm.INTEGER, value];
    expect(said).toEqual([
      integer(STORE, 1, 0),
      integer(LOAD, 1, 0),
      integer(STORE, 1, 3),
      integer(LOAD, 2, 3),
      integer(STORE, 2, 4),
      integer(LOAD, 1, 4),
      integer(LOAD, 1, 4),
      integer(STORE, 1, 40),
      integer(LOAD, 3, 40),
      integer(LOAD, 1, 40),
    ]);
  });

  test('a value that is no number is in the log as print shows it, on one line and shortened', async () => {
    const finished = await claim('kinds');
    const stores = aboutGlobal(finished, 4).filter(({ kind }) => kind === Kind.STORE);
    expect(stores.map(({ aux }) => aux)).toEqual([
      ValueForm.TEXT,
      ValueForm.INTEGER,
      ValueForm.DOUBLE,
      ...Array.from({ length: 11 }, () => ValueForm.TEXT),
    ]);
    const texts = stores.filter(({ aux }) => aux === ValueForm.TEXT).map(({ a }) => finished.textOf(a));
    expect(texts.slice(0, 3)).toEqual(['None', 'é漢⏎x', 'True']);
    expect(texts.at(-1)).toBe(`${'x'.repeat(39)}…`);
  });

  test('x += 1 is a load and a store, between which another thread can lose its own', async () => {
    const { stdout, records } = await claim('lost');
    const accesses = records.filter(({ kind, tid }) => tid === 2 && (kind === Kind.LOAD || kind === Kind.STORE));
    expect(accesses.slice(0, 4).map(({ kind }) => kind)).toEqual([Kind.LOAD, Kind.STORE, Kind.LOAD, Kind.STORE]);
    if (mode === 'live') return; // The operating system decides whether anything is lost.
    expect(stdout).toMatch(/\nTrue\n$/);
    const lines = records.filter(({ kind, tid }) => kind === Kind.LINE && tid === 2).map(({ a }) => a);
    const [head = 0, add = 0] = lines;
    expect(lines.slice(0, 6)).toEqual([head, add, add, head, add, add]);
  });

  test('under a lock no addition is lost', async () => {
    expect(linesOf(await claim('locked'))).toEqual(['60']);
  });

  test('a value that is read is whole, whoever writes meanwhile', async () => {
    expect(linesOf(await claim('whole'))).toEqual(['whole']);
  });

  test('a value for which there is no room is an error; old values make room for new ones', async () => {
    const lines = linesOf(await claim('full'));
    expect(lines).toEqual([
      'MemoryError: no room for a new value of value: the memory that processes share is full',
      '1000000',
    ]);
  });

  test('objects in a list are called after the list and their place', async () => {
    const finished = await claim('named');
    const kinds: number[] = [ObjectKind.LOCK, ObjectKind.SEMAPHORE];
    const names = finished.records
      .filter(({ kind, aux }) => kind === Kind.OBJECT && kinds.includes(aux))
      .map(({ a }) => finished.textOf(a));
    expect(names).toEqual(['lock', 'gate', 'forks[0]', 'forks[1]', 'rooms[0]', 'rooms[1]']);
  });
}
