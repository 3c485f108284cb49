import { expect, test } from 'vitest';
import type { Runner } from './fixtures/modes.fixture.ts';

/** What `threading`'s locks and signals keep that `multiprocessing`'s say otherwise, and that threads meet at them. */
export function threadingContract(run: Runner): void {
  const linesOf = async (claim: string): Promise<string[]> => {
    const { stdout, stderr, status } = await run({ program: 'threading-claims', parameters: { claim } });
    expect([stderr, status.state]).toEqual(['', 'finished']);
    return stdout.split('\n').slice(0, -1);
  };

  test('Lock: RuntimeError for a release too many, no time-out for who does not wait (lock_tests.LockTests)', async () => {
    expect(await linesOf('locks')).toEqual([
      'RuntimeError: release unlocked lock',
      "ValueError: can't specify a timeout for a non-blocking call",
      'ValueError: timeout value must be a non-negative number',
      'True',
      'False',
      'False',
      'True',
      '30',
    ]);
  });

  test('RLock: RuntimeError for who does not hold it; of two threads of a process only one does (lock_tests.RLockTests)', async () => {
    const refusal = 'RuntimeError: cannot release un-acquired lock';
    expect(await linesOf('rlocks')).toEqual([refusal, 'True', refusal, 'False', refusal]);
  });

  test('Semaphore, BoundedSemaphore: counted, released n times, ValueError (lock_tests.SemaphoreTests)', async () => {
    expect(await linesOf('semaphores')).toEqual([
      'ValueError: semaphore initial value must be >= 0',
      "ValueError: can't specify timeout for non-blocking acquire",
      'ValueError: n must be one or more',
      'ValueError: Semaphore released too many times',
      'True',
      'False',
      'ValueError: Semaphore released too many times',
      '0 True',
      '5',
    ]);
  });

  test('Condition: RuntimeError without its lock; threads hand items on under it (lock_tests.ConditionTests)', async () => {
    expect(await linesOf('conditions')).toEqual([
      'RuntimeError: cannot wait on un-acquired lock',
      ...Array.from({ length: 3 }, () => 'RuntimeError: cannot notify on un-acquired lock'),
      'consumed 0',
      'consumed 1',
      'consumed 2',
      'False',
    ]);
  });

  test('Event: threads wait for it, for a time or until it is set (lock_tests.EventTests)', async () => {
    expect(await linesOf('events')).toEqual(['False', 'False', 'True', 'True']);
  });

  test('Barrier: threads pass it together, or nobody does (lock_tests.BarrierTests)', async () => {
    const lines = await linesOf('barriers');
    expect(lines.slice(1)).toEqual(['0 1 2', 'BrokenBarrierError: ', 'True 3']);
  });
}
