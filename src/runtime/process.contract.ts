import { expect, test } from 'vitest';
import { EndCause, Kind } from '../abi/record.ts';
import type { FixtureRun } from './fixtures/lab.fixture.ts';
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

  const handle = async (name: string, hosts = 64): Promise<FixtureRun> => {
    const finished = await run({ program: 'process-handle-claims', parameters: { claim: name }, hosts });
    expect(finished.status.state).toBe('finished');
    return finished;
  };

  test('a handle shows its name, its parent, its state and its exit code (BaseProcess.__repr__)', async () => {
    expect((await handle('texts')).stdout.split('\n')).toEqual([
      "<_MainProcess name='MainProcess' parent=None started> True True",
      "<Process name='Process-1' parent=1 initial>",
      "<Process name='Process-1' parent=1 started> True True",
      "<Process name='Process-1' pid=2 parent=1 stopped exitcode=0>",
      "<Process name='D' pid=3 parent=1 started daemon>",
      "<Process name='D' pid=3 parent=1 stopped exitcode=-SIGTERM daemon>",
      "<Process name='Process-3' pid=4 parent=1 stopped exitcode=-SIGKILL>",
      "<Process name='Process-3' parent=1 closed>",
      '',
    ]);
  });

  test('a closed handle answers nothing more; one that runs cannot be closed (test_close)', async () => {
    expect((await handle('closing')).stdout.split('\n')).toEqual([
      'ValueError: Cannot close a process while it is still running. You should first call join() or terminate().',
      '-15',
      ...Array.from({ length: 7 }, () => 'ValueError: process object is closed'),
      'Process-1 False',
      'ValueError: process object is closed',
      '',
    ]);
  });

  test('name and daemon can be set before the start (test_daemon_argument, test_set_name)', async () => {
    expect((await handle('setting')).stdout.split('\n')).toEqual([
      'AssertionError: name must be a string',
      'AssertionError: process has already started',
      'Bob True None True',
      'True',
      '',
    ]);
  });

  test('a daemon may have no children', async () => {
    const { stdout } = await handle('childless');
    expect(stdout).toBe('AssertionError: daemonic processes are not allowed to have children\n');
  });

  test('an arrival, a burst, a priority that the scheduler cannot use is an error', async () => {
    const late = 'OverflowError: timestamp too large to convert to C PyTime_t';
    expect((await handle('arrivals')).stdout.split('\n')).toEqual([
      late,
      'ValueError: arrival must be non-negative',
      late,
      late,
      'OverflowError: priority is too large for an int',
      'TypeError: priority must be a whole number',
      '',
    ]);
  });

  test('join waits for the end, for a time or not at all, and can be called again (test_process, test_terminate)', async () => {
    expect((await handle('joining')).stdout).toBe('True None\nFalse 0\n');
  });

  test('processes that start processes until there is no room: the last one fails, the others go on', async () => {
    const { stdout, stderr } = await handle('recurse', 5);
    expect(stdout).toBe('4 1\n3 0\n2 0\n1 0\n');
    expect(stderr).toMatch(
      /^Process Process-1:1:1:1:\n[^]*\nRuntimeError: can't start a new process: all hosts of this run carry a thread already\n$/,
    );
  });

  test('a flood of processes and threads ends, and every one that finds no room says so', async () => {
    const { stderr } = await handle('flood', 8);
    expect(stderr).toMatch(
      /RuntimeError: can't start (?:a new process|new thread): all hosts of this run carry a thread/,
    );
  });

  test('above main no thread can start, and a process only where its program does not run for it', async () => {
    const { stdout, stderr } = await run({ program: 'early-start' });
    const top = [
      'PicklingError: the constant child has no value yet: start threads in main(), not above it',
      "ReferenceError: Cannot access 'late' before initialization",
      "ReferenceError: Cannot access 'unnamed' before initialization",
    ];
    expect(stdout.split('\n')).toEqual([...top, ...top, '1', '1 2 1', 'work', '']);
    expect(stderr).toMatch(
      /^Process Process-1:\n[^]*RuntimeError: An attempt has been made to start a new process before /,
    );
  });
}
