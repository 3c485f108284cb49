import { expect, test } from 'vitest';
import { ObjectKind, PartRole } from '../abi/objects.ts';
import { BlockReason, Kind, Operation, Outcome } from '../abi/record.ts';
import type { LogRecord } from './fixtures/lab.fixture.ts';
import type { Mode, Runner } from './fixtures/modes.fixture.ts';

const EOF = 'EOFError: \n';
const BROKEN = 'BrokenPipeError: [Errno 32] Broken pipe\n';
const CLOSED = 'OSError: handle is closed\n';

/** What every pipe keeps, whatever lies below it: CPython's `Connection`, over POSIX pipes. */
export function pipeContract(run: Runner, mode: Mode): void {
  const claim = (name: string): ReturnType<Runner> => run({ program: 'pipe-claims', parameters: { claim: name } });

  /** How often somebody waited so. Live, who is late need not wait at all: there it says once, unless it was more often. */
  const waits = (records: readonly LogRecord[], reason: BlockReason): number => {
    const found = records.filter(({ kind, aux }) => kind === Kind.BLOCKED && aux === reason).length;
    return mode === 'live' ? Math.max(found, 1) : found;
  };

  test('bytes come back from an echo as they were sent, short ones and those longer than the pipe', async () => {
    const { stdout } = await claim('values');
    const [first, ...rest] = stdout.split('\n');
    expect(first).toBe("b'abcdefghijklmnopqrstuvwxyz'");
    expect(rest).toEqual([
      'False False False',
      'True True 23',
      '1048576 True',
      'EOFError: ',
      'EOFError: ',
      'True True False True',
      '',
    ]);
  });

  test('of a pipe that is not duplex one end only reads, the other only writes', async () => {
    const { stdout } = await claim('simplex');
    expect(stdout.split('\n')).toEqual([
      '1 True False False True',
      'OSError: connection is read-only',
      'OSError: connection is write-only',
      'OSError: connection is write-only',
      'OSError: connection is read-only',
      'OSError: connection is write-only',
      '',
    ]);
  });

  test('the two directions of a duplex pipe do not meet, and the log says that they belong together', async () => {
    const { stdout, records } = await claim('duplex');
    expect(stdout).toBe('to a to b\n');
    const pipes = records.filter(({ kind, aux }) => kind === Kind.OBJECT && aux === ObjectKind.PIPE);
    const part = records.find(({ kind }) => kind === Kind.PART);
    expect(pipes).toHaveLength(2);
    expect(part).toMatchObject({ aux: PartRole.REVERSE, object: pipes[1]?.object, a: pipes[0]?.object });
  });

  test('values of any kind arrive as they were sent', async () => {
    const { stdout } = await claim('kinds');
    expect(stdout).toBe(
      "{'list': [1, 2.5, 0, 'é漢', None, True], 'map': {1: {'x'}}, 'big': 1180591620717411303424}\nTrue\nNone\n",
    );
  });

  test('a part of some bytes is sent as asked, and what is no part of them is refused', async () => {
    const { stdout } = await claim('parts');
    expect(stdout.split('\n')).toEqual([
      '21',
      "b'hijklmno'",
      "b'' b''",
      "b'\\x01\\x00\\x02\\x00'",
      'ValueError: buffer length < offset',
      'ValueError: buffer length < offset + size',
      'ValueError: buffer length < offset + size',
      'ValueError: offset is negative',
      'ValueError: size is negative',
      "TypeError: a bytes-like object is required, not 'string'",
      'ValueError: negative maxlength',
      '',
    ]);
  });

  test('after a message that is longer than the reader allows nothing more can be received', async () => {
    const { stdout } = await claim('tooLong');
    const bad = 'OSError: bad message length\n';
    expect(stdout).toBe(`${bad}OSError: connection is write-only\nstill sends False\n${bad}True\n`);
  });

  test('what is closed cannot be used; closing twice is no error; numbers are used again', async () => {
    const { stdout } = await claim('closing');
    expect(stdout).toBe(`False False 3 4\nTrue True last True\n${EOF}${CLOSED}${CLOSED}${CLOSED}${CLOSED}3 4\n`);
  });

  test('the end of the file comes when no write end is open in any process', async () => {
    const { stdout, records } = await claim('endOfFile');
    expect(stdout).toBe(`1 2\n${EOF}`);
    const writeEnds = records.filter(({ kind, a }) => kind === Kind.PIPE_END && a === 1);
    const changes = (open: number): number[][] => writeEnds.filter(({ aux }) => aux === open).map(({ b, c }) => [b, c]);
    expect(changes(1)).toEqual([
      [1, 1],
      [2, 2],
    ]);
    // Which process closes first is no matter of the pipe's.
    expect(
      changes(0)
        .map(([pid]) => pid)
        .toSorted(),
    ).toEqual([1, 2]);
    expect(
      changes(0)
        .map(([, left]) => left)
        .toSorted(),
    ).toEqual([0, 1]);
  });

  test('it does not come while the reader itself has a write end open: it waits for ever', async () => {
    const { status, stdout, records } = await claim('unclosed');
    expect({ state: status.state, stdout }).toEqual({ state: 'deadlock', stdout: '1\n' });
    expect(status.message).toBe('MainProcess waits for writer→reader');
    expect(records.findLast(({ kind }) => kind === Kind.BLOCKED)).toMatchObject({ aux: BlockReason.PIPE_EMPTY });
  });

  test('what nobody can read cannot be written', async () => {
    const { stdout } = await claim('broken');
    expect(stdout).toBe(BROKEN + BROKEN);
  });

  test('a writer that waits for room learns that nobody can read any more', async () => {
    const { stdout, records } = await claim('brokenWhileFull');
    expect(stdout).toBe(`${BROKEN}0\n`);
    expect(waits(records, BlockReason.PIPE_FULL)).toBe(1);
  });

  test('a reader that waits sees the end of the file when the only writer is killed', async () => {
    const { stdout, status } = await claim('killedWriter');
    expect(status.state).toBe('finished');
    expect(stdout.split('\n').toSorted()).toEqual(['', '-9', 'EOFError: ']);
  });

  test('whoever has been joined has nothing open any more, however it ended', async () => {
    const { stdout } = await claim('deadHoldNothing');
    expect(stdout).toBe(`kill True -9\n${EOF}terminate True -15\n${EOF}return True 0\n${EOF}throw True 1\n${EOF}`);
  });

  test('a reader that is killed while it waits has its end closed', async () => {
    const { stdout } = await claim('blockedReaderIsKilled');
    expect(stdout).toBe(BROKEN);
  });

  test('messages longer than the pipe pass through it whole', async () => {
    const { stdout } = await claim('longMessages');
    expect(stdout).toBe(`${'[1, 1, 150000]\n'.repeat(3)}${EOF}`);
  });

  test('short messages of two writers without turns arrive whole, each writer’s in its order', async () => {
    const { stdout } = await claim('twoWriters');
    expect(stdout).toBe('EOFError 80 True\n');
  });

  test('long ones of two writers arrive whole if the writers take turns', async () => {
    const { stdout } = await claim('twoWritersInTurns');
    expect(stdout).toBe('EOFError 12 True\n');
  });

  test('two readers who take turns get each message once', async () => {
    const { stdout } = await claim('twoReadersInTurns');
    expect(stdout).toBe('1830\n');
  });

  test('an end that is sent is open in the receiver too', async () => {
    const { stdout } = await claim('passedOn');
    expect(stdout).toBe(`through\n${EOF}`);
  });

  test('on its way it counts as open, though the sender has ended', async () => {
    const { stdout } = await claim('inFlight');
    expect(stdout).toBe(`False\narrived\n${EOF}`);
  });

  test('what could not be sent is not left open', async () => {
    const { stdout } = await claim('notSent');
    const unpicklable = "TypeError: cannot pickle 'symbol' object\n";
    expect(stdout).toBe(`${unpicklable}${BROKEN}${unpicklable}${EOF}${BROKEN}`);
  });

  test('a lock can be inherited, but not sent through a pipe', async () => {
    const { stdout } = await claim('inherited');
    expect(stdout.split('\n')).toEqual([
      'RuntimeError: Lock objects should only be shared between processes through inheritance',
      'RuntimeError: Event objects should only be shared between processes through inheritance',
      'no error None',
      'to a False',
      '',
    ]);
  });

  test('bytes that no value was packed in are an error', async () => {
    const { stdout } = await claim('senseless');
    expect(stdout).toBe('UnpicklingError: pickle data was truncated\n'.repeat(3));
  });

  test('wait says which are ready: with bytes, at the end of the file, ended', async () => {
    const { stdout } = await claim('waiting');
    expect(stdout.split('\n')).toEqual([
      '[] [] [] []',
      '[1]',
      '[0, 1]',
      'first second',
      'True later',
      '[1]',
      '[0]',
      'EOFError: ',
      'OSError: connection is write-only',
      'OSError: handle is closed',
      'ValueError: process not started',
      '',
    ]);
  });

  test('who waits for many hears of every message and of every end', async () => {
    const { stdout, status } = await claim('waitForAll');
    expect(status.state).toBe('finished');
    expect(stdout).toBe('0.0 0.1 0.2 1.0 1.1 1.2 2.0 2.1 2.2 3.0 3.1 3.2\n');
  });

  test('who waits for the end of a process among other things is woken by it', async () => {
    const { stdout, records } = await claim('waitForEnd');
    expect(stdout).toBe('[1] 0 False\n');
    expect(waits(records, BlockReason.POLL)).toBe(1);
  });

  test('who is killed while it waits for several things leaves nothing behind', async () => {
    const { stdout } = await claim('killedWhileWaiting');
    expect(stdout).toBe('[0]\n1 2\n');
  });

  test('poll waits for at most its time, takes nothing, and counts the end of the file', async () => {
    const { stdout, records } = await claim('polled');
    expect(stdout).toBe(`False\nTrue told False\nTrue\n${EOF}`);
    const polls = records.filter(({ kind, aux }) => kind === Kind.DONE && aux === Operation.POLL).map(({ a }) => a);
    expect(polls).toEqual([Outcome.FALSE, Outcome.OK, Outcome.FALSE, Outcome.OK]);
  });

  test('two messages are never merged', async () => {
    const { stdout } = await claim('notMerged');
    expect(stdout).toBe("b'a' True b'bc' False\n");
  });

  test('too many pipes are an error, and closed ones make room', async () => {
    const { stdout } = await claim('tooMany');
    expect(stdout).toBe('OSError: [Errno 23] Too many open files in system\nTrue\nroom again\n');
  });

  test('a message has its text in the log, with the bytes that end it', async () => {
    const { records } = await claim('endOfFile');
    const sent = records.filter(({ kind }) => kind === Kind.SEND);
    const received = records.filter(({ kind }) => kind === Kind.RECEIVE);
    expect(sent.map(({ a, b }) => [a, b])).toEqual([
      [5, 1],
      [5, 1],
    ]);
    expect(received.map(({ a, b }) => [a, b])).toEqual([
      [4, 0],
      [1, 1],
      [4, 0],
      [1, 1],
    ]);
    expect(sent.every(({ c }) => c !== 0)).toBe(true);
    expect(received.map(({ c }) => c !== 0)).toEqual([false, true, false, true]);
  });
}
