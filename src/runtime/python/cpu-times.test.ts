import { expect, test } from 'vitest';
import { CpuTimes } from './cpu-times.ts';

test('a thread has run while it had the lock, and its process while any had it', () => {
  const times = new CpuTimes();
  times.begin(3, 10);
  expect([times.until(14, 3), times.until(14, null), times.until(14, 5)]).toEqual([4, 4, 0]);
  times.end(15);
  expect([times.until(20, 3), times.until(20, null)]).toEqual([5, 5]);
  times.begin(5, 20);
  times.end(22);
  times.begin(3, 30);
  expect([times.until(31, 3), times.until(31, 5), times.until(31, null)]).toEqual([6, 2, 8]);
});

test('whoever gets the slot of a thread that has ended begins at 0, and the process keeps the time', () => {
  const times = new CpuTimes();
  times.begin(3, 0);
  times.end(7);
  times.end(9);
  times.forget(3);
  times.begin(3, 10);
  expect([times.until(11, 3), times.until(11, null)]).toEqual([1, 8]);
});
