import { expect, test } from 'vitest';
import { EndCause, Kind } from '../abi/record.ts';
import type { Runner } from './fixtures/modes.fixture.ts';

/** What every process keeps, as CPython's `multiprocessing` has it. */
export function processContract(run: Runner): void {
  const claim = (name: string): ReturnType<Runner> => run({ program: 'process-claims', parameters: { claim: name } });

  test('processes are named by the order in which they are made, and by their parents', async () => {
    const { stdout } = await claim('names');
    const [first, ...rest] = stdout.split('\n');
    expect(first).toBe('MainProcess Process-1 Bob Process-3');
    expect(rest).toEqual(['Process-4', 'Process-4:1', 'Process-4:1:1', '']);
  });

  test('exit codes: 0, 1 for an error, what exit was told, the negative number of a signal', async () => {
    const { stdout, stderr } = await claim('exitCodes');
    expect(stdout).toBe('0 0\n1\nfinally\n3\nfinally\n1\nTrue None\nFalse -15\n-9\n');
    expect(stderr).toBe(
      'Process Process-3:\nTraceback (most recent call last):\n' +
        '  File "process-claims.program.ts", line 32, in fail\nValueError: too bad\nsorry\n',
    );
  });

  test('wrong use raises what CPython raises', async () => {
    const { stdout } = await claim('errors');
    expect(stdout.split('\n')).toEqual([
      'AssertionError: can only join a started process',
      'AssertionError: cannot start a process twice',
      "PicklingError: Can't pickle local object 'target': a target must be a top-level function",
      "TypeError: cannot pickle 'symbol' object",
      "TypeError: cannot pickle 'WeakMap' object",
      'AssertionError: can only join a child process',
      'ValueError: sleep length must be non-negative',
      "TypeError: 'float' object cannot be interpreted as an integer",
      'True',
      '',
    ]);
  });

  test('a sleep, an I/O, a computation that the clock does not last for is an error', async () => {
    const { stdout } = await claim('overflows');
    const line = 'OverflowError: timestamp too large to convert to C PyTime_t\n';
    expect(stdout).toBe(line.repeat(4));
  });

  test('arguments arrive equal', async () => {
    const { stdout } = await claim('argumentsArrive');
    expect(stdout).toBe("1 -0.5 é漢 True None [2] {'a': 1} {1: 'x'} {1} 100000000000000000000\n");
  });

  test('a global changed by a child is unchanged in its parent, a shared variable is changed', async () => {
    const { stdout } = await claim('isolation');
    expect(stdout).toBe('5 0\n');
  });

  test('at the end of the parent its daemons are ended and its other children awaited', async () => {
    const { stdout, status, records } = await claim('daemons');
    expect(status.state).toBe('finished');
    expect(stdout.split('\n').toSorted()).toEqual(['', 'Process-2', 'True']);
    const ends = records.filter(({ kind }) => kind === Kind.TERMINATED).map(({ tid, aux }) => [tid, aux]);
    expect(ends).toContainEqual([2, EndCause.DAEMON]);
    expect(ends.at(-1)).toEqual([1, EndCause.RETURNED]);
  });

  test('a child knows its pid and its parent, and cannot join it', async () => {
    const { stdout } = await claim('pids');
    const lines = stdout.split('\n').toSorted();
    expect(lines).toEqual([
      '',
      '1 0',
      '2 1 1 MainProcess True',
      '2 Process-1',
      'AssertionError: can only join a child process',
    ]);
  });

  test('an error that nobody catches is printed with its line and ends the main process with code 1', async () => {
    const { stderr, records } = await claim('uncaught');
    expect(stderr).toMatch(
      /^Traceback \(most recent call last\):\n {2}File "process-claims\.program\.ts", line \d+, in uncaught\nValueError: nobody catches me\n$/,
    );
    expect(records.find(({ kind }) => kind === Kind.TERMINATED)).toMatchObject({ aux: EndCause.RAISED, a: 1 });
  });
}
