import { expect, test } from 'vitest';
import type { Runner } from './fixtures/modes.fixture.ts';

/** More than enough for what is refused, and few enough to start for a test. */
const FEW_HOSTS = 8;
const NO_HOST = "RuntimeError: can't start a new process: all hosts of this run carry a thread already";
const NO_OBJECT = 'RuntimeError: no room for another object: this run has made all it may have';
const NO_INTEGER = "TypeError: 'float' object cannot be interpreted as an integer";

/** What a program gets for what makes no sense, or for too much of it: an error that says so, and the machine goes on. */
export function badInputContract(run: Runner): void {
  const claim = (name: string, more = {}, hosts = FEW_HOSTS): ReturnType<Runner> =>
    run({ program: 'bad-input-claims', parameters: { claim: name, ...more }, hosts });
  const linesOf = async (name: string, more = {}): Promise<readonly string[]> => {
    const { stdout, stderr, status } = await claim(name, more);
    expect({ state: status.state, stderr }).toEqual({ state: 'finished', stderr: '' });
    return stdout.trimEnd().split('\n');
  };
  /** The next run of the same machine has all there was before. */
  const expectNextToRun = async (): Promise<void> => expect(await linesOf('ordinary')).toEqual(['[1, 4, 9] 0']);

  test('what cannot be sent is refused on every way to another process, and none of them is the worse for it', async () => {
    const ways = ['pipe', 'queue', 'simple', 'joinable', 'process', 'pool', 'dict', 'list'];
    const values = [
      "'symbol' object",
      "'function' object: only top-level functions can be sent",
      "'WeakMap' object",
      "'symbol' object",
    ];
    expect(await linesOf('unsendable')).toEqual([
      ...values.flatMap((value) => ways.map((way) => `${way} TypeError: cannot pickle ${value}`)),
      '3 3 3 3 3 [3]',
    ]);
  });

  test('a queue of a negative size has none; any other size that makes no sense is named', async () => {
    const negative = {
      Array: 'ValueError: Array length must be >= 0, not -1',
      Semaphore: 'ValueError: semaphore initial value must be >= 0',
      Barrier: 'ValueError: parties must be >= 1',
      Pool: 'ValueError: Number of processes must be at least 1',
      'manager.Semaphore': 'ValueError: semaphore initial value must be >= 0',
    };
    const noSize = ([0.5, NaN, Infinity] as const).map(String);
    expect(await linesOf('sizes')).toEqual([
      ...Array.from({ length: 3 }, () => 'False 20'),
      ...noSize.map((size) => `Queue ${size} ${NO_INTEGER}`),
      ...Object.entries(negative).flatMap(([name, error]) => [
        `${name} -1 ${error}`,
        ...noSize.map((size) =>
          name === 'Array'
            ? `${name} ${size} TypeError: object of type 'float' has no len()`
            : `${name} ${size} ${NO_INTEGER}`,
        ),
      ]),
      `Barrier 0 ${negative.Barrier}`,
      `Pool 0 ${negative.Pool}`,
    ]);
  });

  test('a negative time-out is none, null is for ever, and what is no number is an error, wherever one can wait', async () => {
    const atOnce = {
      lock: 'False',
      semaphore: 'False',
      event: 'False',
      condition: 'False',
      waitFor: 'False',
      barrier: 'BrokenBarrierError: ',
      get: 'Empty: ',
      put: 'Full: ',
      poll: 'False',
      wait: '0',
      process: 'True',
      thread: 'True',
      result: 'TimeoutError: ',
      'result.wait': 'False',
      'managed lock': 'False',
      'managed event': 'False',
      'managed queue': 'Empty: ',
      sleep: 'ValueError: sleep length must be non-negative',
    };
    const noNumber = (name: string): string =>
      name === 'sleep' ? 'TypeError: sleep length must be a number' : 'TypeError: timeout must be a number of seconds';
    expect(await linesOf('timeouts')).toEqual([
      ...['-1', '-Infinity'].flatMap((timeout) =>
        Object.entries(atOnce).map(([name, result]) => `${name} ${timeout} ${result}`),
      ),
      ...['NaN', 'soon'].flatMap((timeout) =>
        Object.keys(atOnce).map((name) => `${name} ${timeout} ${noNumber(name)}`),
      ),
      'True True True joined',
      'sleep null TypeError: sleep length must be a number',
    ]);
  });

  test('a process that starts itself again and again comes to the last host: that one fails, the others end well', async () => {
    const { stdout, stderr, status } = await claim('recursion');
    expect(status.state).toBe('finished');
    expect(stdout).toBe('2 0\n1 0\n0 0\n');
    expect(stderr.split('\n').at(-2)).toBe(NO_HOST);
    expect(stderr.match(/Error/g)).toHaveLength(1);
    await expectNextToRun();
  });

  test('the same where nobody joins anybody: at its end each waits for its child, and keeps its host', async () => {
    const { stderr, status } = await claim('descent');
    expect(status.state).toBe('finished');
    expect(stderr.match(/Error/g)).toHaveLength(1);
    expect(stderr.split('\n').at(-2)).toBe(NO_HOST);
    await expectNextToRun();
  });

  test('a pool that is larger than the machine is refused, and leaves no worker behind', async () => {
    expect(await linesOf('largePool')).toEqual([`large ${NO_HOST}`, '[1, 4, 9]']);
    await expectNextToRun();
  });

  test.each(['Lock', 'Condition'])('more objects than there is room for are an error: %s', async (of) => {
    expect(await linesOf('tables', { of })).toEqual([
      `${of} ${NO_OBJECT}`,
      'True',
      `again ${NO_OBJECT}`,
      "process RuntimeError: can't start a new process: this run has made all objects it may have",
    ]);
    await expectNextToRun();
  });

  test.each(['Pipe', 'Queue'])('so are more pipes, and a process can still be started: %s', async (of) => {
    const full = 'OSError: [Errno 23] Too many open files in system';
    expect(await linesOf('tables', { of })).toEqual([`${of} ${full}`, 'True', `again ${full}`, 'process 0']);
    await expectNextToRun();
  });

  test('an item that nobody takes keeps its producer only if it is longer than the pipe, and then the run says so', async () => {
    expect(await linesOf('untaken', { length: 1000 })).toEqual(['joined 0']);
    const { stdout, status } = await claim('untaken', { length: 300_000 });
    expect({ state: status.state, stdout }).toEqual({ state: 'deadlock', stdout: '' });
    expect(status.message).toContain('MainProcess waits for Process-1; Process-1 waits for ');
    await expectNextToRun();
  });

  test('a callback that throws is printed each time, and every result comes', async () => {
    const { stdout, stderr, status } = await claim('callbacks');
    expect({ state: status.state, stdout }).toEqual({ state: 'finished', stdout: '[1, 4]\n' });
    expect(stderr.match(/^RangeError: in the callback$/gm)).toHaveLength(2);
  });
}
