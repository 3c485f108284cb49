import { expect, test } from 'vitest';
import { EndCause, Kind, Operation } from '../abi/record.ts';
import type { FixtureRun } from './fixtures/lab.fixture.ts';
import type { Runner } from './fixtures/modes.fixture.ts';

const endsOf = ({ records }: FixtureRun): Map<number, number> =>
  new Map(records.filter(({ kind }) => kind === Kind.TERMINATED).map(({ tid, aux }) => [tid, aux]));

/** What every thread keeps, as CPython's `threading` has it; beside each claim the test that CPython has for it. */
export function threadContract(run: Runner): void {
  const claim = (name: string, hosts = 64): ReturnType<Runner> =>
    run({ program: 'thread-claims', parameters: { claim: name }, hosts });

  test('threads are named by their number and their target, and show their state (test_name, test_repr_stopped, test_repr_daemon)', async () => {
    const { stdout } = await claim('names');
    expect(stdout.split('\n')).toEqual([
      'Thread-1 Thread-2 (nothing) Bob Thread-3 (target)',
      '<Thread(Ann, initial)> <Thread(D, initial daemon)>',
      '<Thread(Thread-4 (wait), started 2)> True 2',
      '<Thread(Thread-4 (wait), stopped 2)> False <_MainThread(MainThread, started 1)> MainThread',
      '',
    ]);
  });

  test('a thread knows itself, its process’s main thread and its process (test_main_thread, test_ident_of_no_threading_threads)', async () => {
    const { stdout } = await claim('identity');
    expect(stdout.split('\n')).toEqual([
      'True True True MainThread False',
      'True MainThread 1 MainProcess',
      'True True True Thread-1 (knowItself) False',
      'False MainThread 1 MainProcess',
      '',
    ]);
  });

  test('wrong use raises what CPython raises (ThreadingExceptionTests)', async () => {
    const { stdout } = await claim('errors');
    expect(stdout.split('\n')).toEqual([
      'RuntimeError: cannot join thread before it is started',
      'RuntimeError: threads can only be started once',
      'RuntimeError: cannot set daemon status of active thread',
      'RuntimeError: cannot join current thread',
      'RuntimeError: threads can only be started once',
      'no error',
      "PicklingError: Can't pickle local object 'target': a target must be a top-level function",
      "TypeError: 'string' object is not callable",
      "TypeError: cannot pickle '_thread.lock' object",
      "TypeError: cannot pickle '_thread.lock' object",
      '',
    ]);
  });

  test('join waits for the end, for a time or not at all, and can be called again (test_various_ops, test_join_with_timeout)', async () => {
    expect((await claim('joins')).stdout).toBe('True\nTrue\nFalse\n');
  });

  test('activeCount and enumerate say who lives, the starter’s handles included (test_enumerate_after_join)', async () => {
    const { stdout } = await claim('count');
    expect(stdout).toBe('1 3\nMainThread Thread-1 (wait) Thread-2 (wait)\nTrue\n1 1\n');
  });

  test('an error that nobody catches is printed under the thread’s name, and ends that thread alone (test_excepthook)', async () => {
    const { stdout, stderr, records } = await claim('uncaught');
    expect(stdout).toBe('the process goes on\n');
    expect(stderr).toMatch(
      /^Exception in thread Thread-1 \(failing\):\nTraceback \(most recent call last\):\n {2}File "thread-claims\.program\.ts", line \d+, in fail\nValueError: too bad\nException in thread Bob:\nTraceback .*\n.*\nValueError: one thread only\n$/,
    );
    const ends = records.filter(({ kind }) => kind === Kind.TERMINATED);
    expect(ends.map(({ tid, aux, a }) => [tid, aux, a])).toEqual([
      [2, EndCause.RAISED, 1],
      [3, EndCause.RAISED, 1],
      [1, EndCause.RETURNED, 0],
    ]);
  });

  test('exit ends the thread that calls it, and says nothing (test_system_exit)', async () => {
    const { stdout, stderr } = await claim('exits');
    expect([stdout, stderr]).toEqual(['the process goes on\n', '']);
  });

  test('a process ends when its last thread that is no daemon has ended (test_1_join_on_shutdown, test_threads_join)', async () => {
    const finished = await claim('shutdown');
    expect(finished.stdout).toMatch(/^main ends\n(?:first\nsecond|second\nfirst)\n$/);
    expect([...endsOf(finished).keys()].at(-1)).toBe(1);
  });

  test('daemon threads are cut off at the end of their process (test_daemon_threads_shutdown)', async () => {
    const finished = await claim('daemons');
    expect(finished.stdout).toBe('True False\n');
    expect(endsOf(finished).get(2)).toBe(EndCause.DAEMON);
    expect(finished.status.state).toBe('finished');
  });

  test('a thread is a daemon if the one that made it is; processes follow their process (test_daemon_param)', async () => {
    expect((await claim('inheritsDaemon')).stdout).toBe('True True False\nFalse False False\n');
  });

  test('children of any thread are children of the process: seen, numbered, ended and awaited by it', async () => {
    const { stdout, records } = await claim('children');
    expect(stdout.split('\n').toSorted()).toEqual([
      '',
      'Process-1 True Process-2 False 2',
      'True Process-3',
      'the child ends',
    ]);
    const ends = records.filter(({ kind }) => kind === Kind.TERMINATED);
    expect(ends.find(({ tid }) => tid === 3)?.aux).toBe(EndCause.DAEMON);
    expect(ends.at(-1)?.tid).toBe(1);
  });

  test('a thread may join a process that its sibling has started', async () => {
    expect((await claim('joinSiblingsChild')).stdout).toBe('child\n0 False\n');
  });

  test('terminate ends all threads of a process, whatever they are doing', async () => {
    const finished = await claim('threadsOfChild');
    expect(finished.stdout).toBe('-15 0\n');
    expect(finished.status.state).toBe('finished');
    const { KILLED, DAEMON, RETURNED } = EndCause;
    expect(endsOf(finished)).toEqual(
      new Map([
        [2, KILLED],
        [3, DAEMON],
        [4, DAEMON],
        [5, DAEMON],
        [1, RETURNED],
      ]),
    );
  });

  test('a process whose main thread fails ends with 1 when its threads have ended', async () => {
    const { stdout, stderr } = await claim('mainFails');
    expect(stdout).toBe('thread\n1\n');
    expect(stderr).toMatch(/^Process Process-1:\n[^]*ValueError: main thread\n$/);
  });

  test('a local has other attributes in each thread (test_local.ThreadLocalTest)', async () => {
    const { stdout } = await claim('locals');
    expect(stdout).toBe("AttributeError: '_thread._local' object has no attribute 'name'\nthread 1\nmain False\n");
  });

  test('of its arguments handles are the same objects, containers copies that refuse to be changed', async () => {
    const { stdout } = await claim('passArguments');
    const refusal =
      'TypeError: what threads share cannot be changed in place: assign a new value to the variable, as in items = [...items, item]';
    expect(stdout).toBe(`[1, [2]] MainThread True\n${refusal}\n${refusal}\n[1, [2]] True\n`);
  });

  test('a started thread can be kept in a global and joined by any other; one that was not started cannot', async () => {
    expect((await claim('sharedStarted')).stdout).toBe('Thread-1 (wait)\nFalse\n');
    expect((await claim('unsendable')).stdout).toBe(
      "TypeError: cannot pickle 'Thread' object: it was not started yet\n",
    );
  });

  test('threads may start threads', async () => {
    expect((await claim('deep')).stdout).toBe('MainThread Thread-1 (nested) Thread-2 (nested) Thread-3 (nested)\n');
  });

  test('one thread more than there is room for is an error, and no more than that', async () => {
    const { stdout, status } = await claim('tooMany', 6);
    expect(stdout).toBe("RuntimeError: can't start new thread: all hosts of this run carry a thread already\n5\n");
    expect(status.state).toBe('finished');
  });

  test('starting and joining are in the log, with the thread’s own row', async () => {
    const { records } = await claim('joinSiblingsChild');
    const created = records.find(({ kind, tid }) => kind === Kind.CREATED && tid === 3);
    expect(created).toMatchObject({ aux: 1, a: 1 });
    const about = records.filter(({ kind, object }) => kind === Kind.DONE && object === created?.object);
    expect(about.map(({ aux }) => aux)).toEqual([Operation.START, Operation.JOIN]);
  });

  test('a constant that no thread can have is an error of start that names it', async () => {
    const { stdout } = await run({ program: 'unsendable' });
    expect(stdout).toBe(
      "PicklingError: a thread cannot have the constant seen (cannot pickle 'WeakSet' object): make it in the function that needs it\n",
    );
  });

  test('a thread whose worker dies takes its process with it, and nobody else', async () => {
    const finished = await run({ program: 'die-in-thread' });
    expect(finished.stdout).toBe('child ended with 1\n');
    expect(finished.status.state).toBe('finished');
    const { HOST_DIED, DAEMON, RETURNED } = EndCause;
    expect([...endsOf(finished)].toSorted(([a], [b]) => a - b)).toEqual([
      [1, RETURNED],
      [2, HOST_DIED],
      [3, DAEMON],
      [4, HOST_DIED],
    ]);
  });
}
