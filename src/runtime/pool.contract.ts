import { expect, test } from 'vitest';
import { EndCause, Kind, Operation, Outcome } from '../abi/record.ts';
import type { Mode, Runner } from './fixtures/modes.fixture.ts';

const SQUARES = '[0, 1, 4, 9, 16, 25, 36, 49, 64, 81]';
const WHEN = 'ValueError: somebody said when';
const NO_LAMBDA = "PicklingError: Can't pickle local object '<lambda>': a target must be a top-level function";
const NO_RESULT =
  "MaybeEncodingError: Error sending result: '<function <lambda>>'. Reason: " +
  `'TypeError("cannot pickle 'function' object: only top-level functions can be sent")'`;
const REMOTE =
  '\n"""\nTraceback (most recent call last):\n  File "pool-claims.program.ts", line LINE, in fail\nValueError: bad 3\n"""';

/** What every pool keeps, as CPython's `multiprocessing.pool` has it. */
export function poolContract(run: Runner, mode: Mode): void {
  const claim = (name: string): ReturnType<Runner> =>
    run({ program: 'pool-claims', parameters: { claim: name }, machine: { cpus: 2 } });
  const lines = async (name: string): Promise<string[]> => {
    const { status, stdout } = await claim(name);
    expect(status).toMatchObject({ state: 'finished' });
    return stdout.replace(/\n$/, '').split('\n');
  };

  test('apply, map and starmap return what the functions return, in order, in chunks of any size', async () => {
    expect(await lines('apply')).toEqual(['25 42', `${SQUARES} ${SQUARES} ${SQUARES}`, '[2, 12]']);
  });

  test('its workers are daemonic children named SpawnPoolWorker, and gone after join', async () => {
    expect(await lines('whoAmI')).toEqual([
      '2 SpawnPoolWorker-1 true',
      '<multiprocessing.pool.Pool state=RUN pool_size=1>',
      '<multiprocessing.pool.Pool state=CLOSE pool_size=0>',
    ]);
  });

  test('applyAsync returns at once; get waits, for a time, and raises what the task raised', async () => {
    expect(await lines('results')).toEqual([
      'goes on False',
      'ValueError: <multiprocessing.pool.ApplyResult object> not ready',
      'TimeoutError: ',
      '1 True True 1',
      'ValueError: bad 3',
      'False',
      'no error: [6]',
    ]);
  });

  test('imap and imapUnordered give one result after the other; an error ends only the chunked ones', async () => {
    expect(await lines('iterators')).toEqual([
      `${SQUARES} ${SQUARES}`,
      SQUARES,
      SQUARES,
      'TimeoutError: ',
      '4 True True',
      'no error: 2',
      'ValueError: bad 3',
      'no error: 4',
      'no error: None',
      'no error: 1',
      'no error: 2',
      'ValueError: bad 3',
      'no error: None',
    ]);
  });

  test('an iterable that fails raises at map, and of imap at the result where it failed; an empty one gives nothing', async () => {
    expect(await lines('faultyIterables')).toEqual([
      WHEN,
      WHEN,
      'no error: 0',
      'no error: 1',
      'no error: 4',
      WHEN,
      'no error: None',
      'no error: 0',
      'no error: 1',
      'no error: 4',
      'no error: 9',
      WHEN,
      'no error: None',
      '[] [] [] []',
    ]);
  });

  test('what cannot be sent raises at get, and costs no worker', async () => {
    expect(await lines('unpicklable')).toEqual([
      NO_LAMBDA,
      "TypeError: cannot pickle 'symbol' object",
      NO_RESULT,
      NO_RESULT,
      NO_RESULT,
      'TypeError: exceptions must derive from Error, not 7',
      NO_LAMBDA,
      "TypeError: 'number' object is not callable",
      'TypeError: square() argument after * must be an iterable, not number',
      '16',
      'NotImplementedError: pool objects cannot be passed between processes or pickled',
    ]);
  });

  test('wrong use raises what CPython raises', async () => {
    expect(await lines('badInput')).toEqual([
      'ValueError: Number of processes must be at least 1',
      'ValueError: Number of processes must be at least 1',
      "TypeError: 'float' object cannot be interpreted as an integer",
      'ValueError: maxtasksperchild must be a positive int or None',
      'TypeError: initializer must be a callable',
      'ValueError: Pool is still running',
      'ValueError: Chunksize must be 1+, not 0',
      "TypeError: 'number' object is not iterable",
      'ValueError: Pool not running',
      'ValueError: Pool not running',
      'ValueError: Pool not running',
      'over',
    ]);
  });

  test('an error that was thrown in a worker says where, as the cause of what get raises', async () => {
    const { stdout, stderr } = await claim('remote');
    const traceback = REMOTE.replace('LINE', /line (\d+), in fail/.exec(stdout)?.[1] ?? '');
    expect(stdout).toBe(`True RemoteTraceback ${traceback}\n`);
    expect(stderr).toContain(
      `multiprocessing.pool.RemoteTraceback: ${traceback}\n\nThe above exception was the direct`,
    );
    expect(stderr).toMatch(/line \d+, in remote\nValueError: bad 3\n$/);
  });

  test('callbacks run in the parent, in the handler thread, before get returns; one that throws harms nobody', async () => {
    const { stdout, stderr, status } = await claim('callbacks');
    expect(status.state).toBe('finished');
    expect(stdout.split('\n')).toEqual([
      'callback 1 ResultHandler 9',
      '9',
      'error callback ValueError bad 3',
      'ValueError: bad 3',
      'callback 1 ResultHandler [1, 4, 9]',
      '[1, 4, 9]',
      '25',
      '36',
      '64',
      '49 3',
      '',
    ]);
    expect(stderr).toMatch(/^Exception in thread ResultHandler:\n.*\n.* in broken\nValueError: in the callback\n$/);
  });

  test('a callback may terminate its pool: the tasks that go on are ended, and its result is there', async () => {
    expect(await lines('terminatedByCallback')).toEqual(['callback 9', 'terminated 0', '9', 'joined']);
  });

  test('the initializer runs first in each worker', async () => {
    expect(await lines('initializers')).toEqual(["['ready 7', 'ready 7'] nothing"]);
  });

  test('a worker that has done maxtasksperchild tasks is replaced, also after close', async () => {
    expect(await lines('lifetimes')).toEqual(['10 2 True']);
    expect(await lines('closedEarly')).toEqual(['[1, 2, 3, 4, 5, 6]']);
  });

  test('terminate ends the workers in the middle of their tasks', async () => {
    const { stdout, records } = await claim('terminated');
    expect(stdout).toBe('ValueError: Pool not running\n');
    const ends = records.filter(({ kind, aux }) => kind === Kind.TERMINATED && aux === EndCause.KILLED);
    expect(ends).toHaveLength(3);
  });

  test('handing in never waits, and nothing is lost: many tasks, and some longer than a pipe', async () => {
    const { stdout } = await claim('manyTasks');
    expect(stdout).toBe('8955050\n[40000, 40000, 40000, 40000, 40000, 40000]\n150000 150000\n');
  });

  test('what the initializer was given, the tasks share', async () => {
    expect(await lines('shared')).toEqual(['10']);
  });

  test('a child may have a pool, a daemon may not', async () => {
    const { stdout, stderr } = await claim('inChild');
    expect(stdout).toBe(`25 42\n${SQUARES} ${SQUARES} ${SQUARES}\n[2, 12]\n1\n`);
    expect(stderr).toMatch(/AssertionError: daemonic processes are not allowed to have children\n$/);
  });

  test('the threads of its process share it', async () => {
    expect(await lines('betweenThreads')).toEqual(['36 16', "TypeError: cannot pickle '_thread.lock' object"]);
  });

  test('a pool that is left running ends with its process', async () => {
    expect(await lines('left')).toEqual(['9']);
  });

  test('a task is lost with its worker: who waits for it waits for ever, and the deadlock says why', async () => {
    const { status, records } = await claim('lost');
    expect(status.state).toBe('deadlock');
    expect(status.message).toMatch(
      /^MainProcess waits for result \(a task of it was lost when SpawnPoolWorker-[12] ended\)/,
    );
    const lost = records.find(
      ({ kind, aux, a }) => kind === Kind.DONE && aux === Operation.TASK && a === Outcome.FALSE,
    );
    expect(lost).toMatchObject({ b: 1 });
    expect(await lines('replaced')).toEqual(['9 False']);
  });

  test('a result of a pool that was terminated never comes, and the deadlock says why', async () => {
    const { status } = await claim('terminatedResult');
    expect(status).toMatchObject({
      state: 'deadlock',
      message: 'MainProcess waits for result (its pool was terminated)',
    });
  });

  test('a worker that is killed while it waits for a task keeps the lock of the queue, as in CPython', async () => {
    expect(await lines('idleKilled')).toEqual(['TimeoutError: ']);
    const { status } = await claim('idleKilledForEver');
    expect(status.state).toBe('deadlock');
    expect(status.message).toMatch(
      /SpawnPoolWorker-\d waits for pool\.tasks\.readLock \(SpawnPoolWorker-[12] has ended and not released it\)/,
    );
  });

  test('no step costs a live run anything, and a stepped one few: get, the task, put, collect', async () => {
    const { status } = await claim('whoAmI');
    expect(status.steps).toBeLessThanOrEqual(mode === 'live' ? 0 : 16);
  });
}
