import { expect, test } from 'vitest';
import { ManagedKind, ObjectKind, PartRole } from '../abi/objects.ts';
import { BlockReason, Kind, Operation, Outcome, ValueForm } from '../abi/record.ts';
import type { LogRecord } from './fixtures/lab.fixture.ts';
import type { Mode, Runner } from './fixtures/modes.fixture.ts';

const isMade =
  (kind: ObjectKind) =>
  (record: LogRecord): boolean =>
    record.kind === Kind.OBJECT && record.aux === kind;

/** What every manager keeps, whatever lies below it. */
export function managerContract(run: Runner, mode: Mode): void {
  const claim = (name: string, locked = false): ReturnType<Runner> =>
    run({ program: 'manager-claims', parameters: { claim: name, locked }, stepBy: 'operation' });
  const linesOf = async (name: string): Promise<readonly string[]> => {
    const { stdout, stderr, status } = await claim(name);
    expect({ state: status.state, stderr }).toEqual({ state: 'finished', stderr: '' });
    return stdout.trimEnd().split('\n');
  };

  test('a dict does what a dict does, and its members are its items', async () => {
    expect(await linesOf('dicts')).toEqual([
      '2 é漢 2 True False None 5',
      "['n', 'text'] [2, 'é漢'] [['n', 2], ['text', 'é漢']]",
      "2 gone 7 7 {'text': 'é漢', 'deep': [1, {'a': None}], 'n': 7}",
      "{'text': 'é漢', 'deep': [1, {'a': None}]} ['text', 'deep'] ['text', 'deep']",
      '{} 0',
      "{1: 'one', 2: 'two'} one two one",
      "['k', 1]",
      '1 2 3 4 <DictProxy object>',
    ]);
  });

  test('a list does what a list does, also with lists in it', async () => {
    expect(await linesOf('lists')).toEqual([
      '[4, 1, 2, 6] 4 1 6 [1, 2] True 2 0',
      '[1, 2, 4, 6]',
      '7 6 [9, 4, 2, 1]',
      '2',
      '4',
      '9',
      "[[2, 'a'], [2, 'b']] 1 1",
      '[]',
    ]);
  });

  test('an error of a request reaches who asked, with its class; the server goes on', async () => {
    expect(await linesOf('errors')).toEqual([
      "KeyError: 'x'",
      "KeyError: 'x'",
      "KeyError: 'x'",
      "KeyError: 'popitem(): dictionary is empty'",
      "TypeError: unhashable type: 'list'",
      'IndexError: list index out of range',
      'IndexError: list assignment index out of range',
      'IndexError: pop index out of range',
      'IndexError: pop from empty list',
      'ValueError: list.remove(x): x not in list',
      'ValueError: 9 is not in list',
      "TypeError: '<' not supported between instances of 'str' and 'int'",
      'TypeError: list indices must be integers or slices, not float',
      "TypeError: 'int' object is not iterable",
      "TypeError: cannot pickle 'function' object: only top-level functions can be sent",
      "TypeError: cannot pickle 'SyncManager' object",
      'RuntimeError: release unlocked lock',
      'RuntimeError: cannot release un-acquired lock',
      'ValueError: semaphore initial value must be >= 0',
      'ValueError: Semaphore released too many times',
      'Empty: ',
      "AttributeError: 'Namespace' object has no attribute 'y'",
      '1 [3]',
    ]);
  });

  test('an item -= 1 is two requests: without a lock some are lost, with one none', async () => {
    const bare = await claim('race');
    expect(Number(bare.stdout)).toBeGreaterThanOrEqual(0);
    if (mode === 'stepped') expect(Number(bare.stdout)).toBeGreaterThan(0);
    const { stdout } = await claim('race', true);
    expect(stdout).toBe('0\n');
  });

  test('what it keeps is the same for all processes', async () => {
    expect(await linesOf('shared')).toEqual(["['Process-2', 'Process-3', 'Process-4'] 3", 'MainProcess Process-5']);
  });

  test('a list in a dict is the list itself, a plain one is a copy', async () => {
    expect(await linesOf('nested')).toEqual(['[1, 2]', '[1]']);
  });

  test('who waits for a lock or an event keeps nobody else from the server', async () => {
    expect(await linesOf('locks')).toEqual(['False False True', 'True', 'True True True False']);
  });

  test('a queue, a value, a namespace and a semaphore are kept, too', async () => {
    expect(await linesOf('others')).toEqual([
      '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9] 0 True False',
      "6 2 {'x': 2}",
      'True False',
    ]);
  });

  test('a client that dies is dropped: what it held stays held, what it waited for goes to the next', async () => {
    expect(await linesOf('deadClients')).toEqual(['True', '0 False']);
  });

  test('after shutdown its objects cannot be reached', async () => {
    expect(await linesOf('afterwards')).toEqual([
      'BrokenPipeError: [Errno 32] Broken pipe',
      'AssertionError: server not yet started',
      'ConnectionRefusedError: [Errno 111] Connection refused',
    ]);
  });

  test('it ends with its creator, before the creator waits for its children', async () => {
    const [error] = await linesOf('endsWithCreator');
    expect(['ConnectionRefusedError', 'BrokenPipeError', 'EOFError']).toContain(error);
    expect(await linesOf('killedCreator')).toEqual(["{'n': 1}", '-9']);
  });

  test('a value longer than a pipe holds goes there and comes back', async () => {
    expect(await linesOf('large')).toEqual(['True']);
  });

  test('a wait that nobody can end is a deadlock', async () => {
    const { status } = await claim('nobodyReleases');
    expect(status.state).toBe('deadlock');
  });

  test('the log tells what it is made of, what is in its objects, and who waits for an answer', async () => {
    const { records } = await claim('race', true);
    const manager = records.find(isMade(ObjectKind.MANAGER))?.object;
    const parts = records.filter(({ kind, a }) => kind === Kind.PART && a === manager);
    const roles = (role: PartRole): number => parts.filter(({ aux }) => aux === role).length;
    // The door, and two for each of the four that ask.
    expect([roles(PartRole.SERVER), roles(PartRole.MANAGED), roles(PartRole.PIPE)]).toEqual([1, 2, 9]);
    const [dict, lock] = records.filter(isMade(ObjectKind.MANAGED));
    expect([dict?.b, lock?.b]).toEqual([ManagedKind.DICT, ManagedKind.LOCK]);
    const asked = records.filter(({ aux, object }) => aux === Operation.REQUEST && object === dict?.object);
    expect(asked.filter(({ kind }) => kind === Kind.CALL)).toHaveLength(121);
    expect(asked.filter(({ kind, a }) => kind === Kind.DONE && a === Outcome.OK)).toHaveLength(121);
    const stores = records.filter(({ kind, object }) => kind === Kind.STORE && object === dict?.object);
    expect(stores.map(({ aux }) => aux)).toEqual(Array.from({ length: 61 }, () => ValueForm.TEXT));
    const reasons = new Set(records.filter(({ kind }) => kind === Kind.BLOCKED).map(({ aux }) => aux));
    expect(reasons.has(BlockReason.PIPE_EMPTY)).toBe(true);
  });
}
