import { expect, test } from 'vitest';
import { ObjectKind, PartRole } from '../abi/objects.ts';
import { BlockReason, Kind, Operation, Outcome } from '../abi/record.ts';
import type { LogRecord } from './fixtures/lab.fixture.ts';
import type { Mode, Runner } from './fixtures/modes.fixture.ts';

const isQueue = ({ kind, aux }: LogRecord): boolean => kind === Kind.OBJECT && aux === ObjectKind.QUEUE;
const isClosed = (name: string): string => `ValueError: Queue <multiprocessing.queues.${name} object> is closed\n`;

/** What every queue keeps, whatever lies below it: CPython's `Queue`, `JoinableQueue` and `SimpleQueue`. */
export function queueContract(run: Runner, mode: Mode): void {
  const claim = (name: string): ReturnType<Runner> => run({ program: 'queue-claims', parameters: { claim: name } });
  const saying = async (name: string): Promise<string> => (await claim(name)).stdout;

  test('put fills it up to its size, and then waits, or says Full at once or after its time', async () => {
    expect(await saying('puts')).toBe(`True False 0\nFalse True 6\n${'Full: \n'.repeat(6)}True False 0\n`);
  });

  test('get takes what came first, and then waits, or says Empty at once or after its time', async () => {
    expect(await saying('gets')).toBe(`True\nFalse 2 3 4 5 True\n${'Empty: \n'.repeat(6)}`);
  });

  test('qsize counts the items; one without a size is never full', async () => {
    expect(await saying('sizes')).toBe('[0, 1, 2, 1, 0] False False\n');
  });

  test('a queue that a thread has used and closed is closed in all threads of its process', async () => {
    const closed = isClosed('Queue');
    expect(await saying('closedByThread')).toBe(`${closed}${closed}OSError: handle is closed\n`);
  });

  test('a child puts into the queue of its parent', async () => {
    const all = Array.from({ length: 20 }, (_, n) => n).join(', ');
    expect(await saying('inherited')).toBe(`[${all}]\nEmpty: \n`);
  });

  test('get waits at the pipe for an item, and put at the semaphore for a free place', async () => {
    const { stdout, records } = await claim('blocks');
    expect(stdout).toBe('item\ngot first\nsecond\n');
    const wanted = [BlockReason.PIPE_EMPTY, BlockReason.SEMAPHORE];
    const reasons = records.filter(({ kind }) => kind === Kind.BLOCKED).map(({ aux }) => aux);
    // Live, the other may have been quicker.
    if (mode === 'stepped') expect(reasons).toEqual(expect.arrayContaining(wanted));
  });

  test('what comes within the time is got', async () => {
    expect(await saying('timeLeft')).toBe('in time\n');
  });

  test('with many producers and consumers nothing is lost, doubled or out of order', async () => {
    const { stdout, status } = await claim('manyToMany');
    expect({ state: status.state, stdout }).toEqual({ state: 'finished', stdout: '1300 0 True\n' });
  });

  test('any kind of value arrives equal', async () => {
    const lines = (await saying('anyValue')).trim().split('\n');
    expect(lines).toHaveLength(9);
    expect(lines.filter((line) => !line.startsWith('True '))).toEqual([]);
  });

  test('items longer than the pipe arrive whole', async () => {
    expect(await saying('longItems')).toBe('60000\n120000\n180000\n');
  });

  test('what cannot be sent takes no place', async () => {
    const inheritance = 'objects should only be shared between processes through inheritance';
    expect((await saying('unpicklable')).split('\n')).toEqual([
      "TypeError: cannot pickle 'symbol' object",
      "TypeError: cannot pickle 'function' object: only top-level functions can be sent",
      "TypeError: cannot pickle 'WeakMap' object",
      `RuntimeError: Lock ${inheritance}`,
      `RuntimeError: Queue ${inheritance}`,
      '1 True True',
      '',
    ]);
  });

  test('closed it takes and gives nothing, but one that was never used can still be looked at', async () => {
    const claims = ['Queue', 'JoinableQueue'].map(
      (name) =>
        `AssertionError: Queue <multiprocessing.queues.${name} object> not closed\nTrue\n${isClosed(name).repeat(2)}`,
    );
    expect(await saying('closedUnused')).toBe(claims.join(''));
  });

  test('closed and used it has nothing open any more', async () => {
    expect(await saying('closedUsed')).toBe('OSError: handle is closed\n'.repeat(4));
  });

  test('who closes it closes it for itself alone', async () => {
    expect(await saying('closedForOne')).toBe('got left behind\n');
  });

  test('its size is a whole number', async () => {
    expect(await saying('badSizes')).toBe(
      "TypeError: 'float' object cannot be interpreted as an integer\n" +
        "TypeError: 'string' object cannot be interpreted as an integer\n",
    );
  });

  test('who is killed while it waits for an item keeps the readers’ lock, as in CPython', async () => {
    expect(await saying('killedReader')).toBe('Empty: \n1\n');
  });

  test('who is killed while it waits for a place takes none', async () => {
    expect(await saying('killedWriter')).toBe('first 0\nsecond\n');
  });

  test.each([
    ['nobodyPuts', 'MainProcess waits for pipe'],
    ['nobodyGets', 'MainProcess waits for queue.slots'],
  ])('a wait that nobody can end is a deadlock: %s', async (name, message) => {
    const { status } = await claim(name);
    expect(status).toMatchObject({ state: 'deadlock', message });
  });

  test('a connection can be put into it', async () => {
    expect(await saying('connections')).toBe('through\nEOFError: \n');
  });

  test('errors that are sent arrive with their class', async () => {
    expect(await saying('errorsArrive')).toBe('True Empty was empty True\n');
  });

  test('the log says what it is made of, and what happens in its parts', async () => {
    const { records } = await claim('puts');
    const queue = records.find(isQueue)?.object;
    const parts = records.filter(({ kind, a }) => kind === Kind.PART && a === queue);
    const { PIPE, READ_LOCK, WRITE_LOCK, SLOTS } = PartRole;
    expect(parts.map(({ aux }) => aux)).toEqual([PIPE, READ_LOCK, WRITE_LOCK, SLOTS]);
    const [pipe, , writeLock, slots] = parts.map(({ object }) => object);
    const first = records.findIndex(({ kind, object }) => kind === Kind.SEND && object === pipe);
    const around = records.slice(first - 2, first + 3).map(({ kind, aux, object }) => [kind, aux, object]);
    expect(around).toEqual([
      [Kind.DONE, Operation.ACQUIRE, slots],
      [Kind.DONE, Operation.ACQUIRE, writeLock],
      [Kind.SEND, 0, pipe],
      [Kind.DONE, Operation.RELEASE, writeLock],
      [Kind.DONE, Operation.PUT, queue],
    ]);
  });
}

/** What a queue with a count of unfinished tasks keeps. */
export function joinableQueueContract(run: Runner): void {
  const claim = (name: string): ReturnType<Runner> => run({ program: 'queue-claims', parameters: { claim: name } });

  test('join returns when every item is done', async () => {
    const { stdout, status } = await claim('tasks');
    expect({ state: status.state, stdout }).toEqual({ state: 'finished', stdout: '10\n[0, 0, 0, 0]\n' });
  });

  test('more done than put is an error; nothing put is all done', async () => {
    const { stdout, records } = await claim('tooManyDone');
    expect(stdout).toBe('ValueError: task_done() called too many times\n'.repeat(2));
    const done = records.filter(({ kind, aux }) => kind === Kind.DONE && aux === Operation.TASK_DONE);
    expect(done.map(({ a }) => a)).toEqual([Outcome.ERROR, Outcome.OK, Outcome.ERROR]);
  });

  test('all who join are told, when the last item is done and not before', async () => {
    const { stdout, records } = await claim('twoJoin');
    expect(stdout).toBe('joined 1\njoined 1\n');
    const roles = records.filter(({ kind }) => kind === Kind.PART).map(({ aux }) => aux);
    expect(roles).toEqual(expect.arrayContaining([PartRole.UNFINISHED, PartRole.ALL_DONE]));
  });
}

/** What a queue without a size and without times keeps. */
export function simpleQueueContract(run: Runner): void {
  test('it gives what was put, in its order, until it is closed', async () => {
    const { stdout, records } = await run({ program: 'queue-claims', parameters: { claim: 'simple' } });
    const closed = 'OSError: handle is closed\n';
    expect(stdout).toBe(`True\n0 1 2\nTrue\nFalse one\nTypeError: cannot pickle 'symbol' object\n${closed.repeat(3)}`);
    const parts = records.filter(({ kind }) => kind === Kind.PART).map(({ aux }) => aux);
    expect(parts).toEqual([PartRole.PIPE, PartRole.READ_LOCK, PartRole.WRITE_LOCK]);
  });
}
