import { expect, test } from 'vitest';
import { Kind, Operation } from '../abi/record.ts';
import type { Runner } from './fixtures/modes.fixture.ts';

/** What those who are gone leave behind: nothing that others would wait for, trip over, or miss. */
export function leftoverContract(run: Runner): void {
  const claim = (name: string): ReturnType<Runner> => run({ program: 'leftover-claims', parameters: { claim: name } });
  const saying = async (name: string): Promise<string> => {
    const { stdout, stderr, status } = await claim(name);
    expect({ state: status.state, stderr }).toEqual({ state: 'finished', stderr: '' });
    return stdout;
  };

  test('an end that a killed process wanted to send is closed with it: who reads the pipe comes to its end', async () => {
    expect(await saying('killedSender')).toBe('EOFError: \n');
  });

  test('an end that was sent stays open when its sender is gone', async () => {
    expect(await saying('sentBefore')).toBe('through it\nEOFError: \n');
  });

  test('who closes what another thread has closed does not close what was opened in its place', async () => {
    expect(await saying('closedTwice')).toBe('no error still open\n');
  });

  test('a result that was returned takes no more memory: any number of long ones comes back', async () => {
    expect(await saying('manyResults')).toBe('20000000\n');
  });

  test('a thread that has ended gives up its connection to a manager: any number of threads can ask it', async () => {
    expect(await saying('manyThreads')).toBe('140\n');
  });

  test('a connection that was refused leaves nothing open, however often it is tried', async () => {
    expect(await saying('refusedOften')).toBe('140\n');
  });

  test('a process that was killed does nothing more about its children', async () => {
    const { stdout, records } = await claim('killedParent');
    expect(stdout).toBe('-9\n');
    const calls = records.filter(({ kind, tid }) => kind === Kind.CALL && tid === 2);
    expect(calls.map(({ aux }) => aux)).toEqual([Operation.START, Operation.SET, Operation.SLEEP]);
  });
}
