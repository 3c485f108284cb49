import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STEP_LIMIT } from '../../abi/limits.ts';
import { cpuTicksOf, formatJobs, JOB_LIMITS, parseJobs, type Burst, type Job } from './jobs.ts';

function jobsOf(text: string): readonly Job[] {
  const { jobs, problem } = parseJobs(text);
  if (jobs === null) throw new Error(`${text} → ${problem.message.en}`);
  return jobs;
}

function problemOf(text: string): string {
  const { problem } = parseJobs(text);
  expect(problem, text).not.toBeNull();
  return problem?.message.en ?? '';
}

const c = (ticks: number): Burst => ({ kind: 'c', ticks });
const i = (ticks: number): Burst => ({ kind: 'i', ticks });

const burstTicks = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 50 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3000 }) },
);

/** Bursts in turns, beginning with either kind. */
const bursts: fc.Arbitrary<readonly Burst[]> = fc
  .tuple(fc.boolean(), fc.array(burstTicks, { minLength: 1, maxLength: 8 }))
  .map(([cpuFirst, ticks]) => ticks.map((n, at) => ((at % 2 === 0) === cpuFirst ? c(n) : i(n))));

const job: fc.Arbitrary<Job> = fc.record({
  arrival: fc.integer(JOB_LIMITS.arrival),
  bursts,
  priority: fc.integer(JOB_LIMITS.priority),
});

const jobs = fc
  .array(job, { minLength: 1, maxLength: JOB_LIMITS.jobs })
  .filter((list) => list.reduce((sum, one) => sum + cpuTicksOf(one), 0) <= JOB_LIMITS.cpuTicks);

describe('the workload notation', () => {
  test('is read with every burst, arrival and priority', () => {
    expect(jobsOf('0:c3-i5-c2,0:c4@1,2:c6')).toEqual([
      { arrival: 0, bursts: [c(3), i(5), c(2)], priority: 0 },
      { arrival: 0, bursts: [c(4)], priority: 1 },
      { arrival: 2, bursts: [c(6)], priority: 0 },
    ]);
  });

  test('lets a job begin or end with I/O', () => {
    expect(jobsOf('5:i2-c1-i3')[0]?.bursts).toEqual([i(2), c(1), i(3)]);
    expect(jobsOf('0:i7')[0]?.bursts).toEqual([i(7)]);
  });

  test('adds up neighbours of the same kind', () => {
    expect(jobsOf('0:c3-c2-i1-i1-c1')).toEqual(jobsOf('0:c5-i2-c1'));
  });

  test('ignores blanks, reads full-width commas and colons, and drops leading zeros', () => {
    expect(formatJobs(jobsOf(' 00 : c03 - i5\t@ 2 ，\n1：c1 '))).toBe('0:c3-i5@2,1:c1');
  });

  test('formatted and read again gives the same jobs', () => {
    fc.assert(
      fc.property(jobs, (list) => {
        expect(jobsOf(formatJobs(list))).toEqual(list);
      }),
    );
  });

  test('has one form for each list of jobs', () => {
    fc.assert(
      fc.property(jobs, (list) => {
        expect(formatJobs(jobsOf(formatJobs(list)))).toBe(formatJobs(list));
      }),
    );
  });
});

describe('a wrong workload', () => {
  test.each([
    ['', 'the text ends where the tick of arrival must follow'],
    ['  ', 'the text ends where the tick of arrival must follow'],
    ['c3', 'character 1 is "c", where the tick of arrival must stand'],
    ['0', 'the text ends where the ":" after the tick of arrival must follow'],
    ['0;c3', 'character 2 is ";", where the ":" after the tick of arrival must stand'],
    ['0:', 'the text ends where "c" (CPU) or "i" (I/O) and a number of ticks must follow'],
    ['0:x3', 'character 3 is "x", where "c" (CPU) or "i" (I/O) and a number of ticks must stand'],
    ['0:c', 'the text ends where a burst’s number of ticks must follow'],
    ['0:c-3', 'character 4 is "-", where a burst’s number of ticks must stand'],
    ['0:c3-', 'the text ends where "c" (CPU) or "i" (I/O) and a number of ticks must follow'],
    ['0:c3,', 'the text ends where the tick of arrival must follow'],
    ['0:c3,,0:c1', 'character 6 is ",", where the tick of arrival must stand'],
    ['0:c3@', 'the text ends where the priority must follow'],
    ['-1:c3', 'character 1 is "-", where the tick of arrival must stand'],
  ])('%j: what stands where', (text, message) => {
    expect(problemOf(text)).toBe(message);
  });

  test.each([
    ['0:c3 c4', 'character 6 is "c", where "-" and a burst, "@" and a priority, "," and the next process, or the end'],
    ['0:c3@1-c4', 'character 7 is "-", where "," and the next process, or the end must stand'],
    ['0:c3\u{1f600}', 'character 5 is "\u{1f600}"'],
  ])('%j: what may follow', (text, message) => {
    expect(problemOf(text)).toContain(message);
  });

  test.each([
    ['0:c0', 'at character 4, a burst’s number of ticks is 0; allowed is 1–10000'],
    ['0:c10001', 'at character 4, a burst’s number of ticks is 10001; allowed is 1–10000'],
    ['0:c9000-c1001', 'at character 9, a burst’s number of ticks is 10001; allowed is 1–10000'],
    ['100001:c1', 'at character 1, the tick of arrival is 100001; allowed is 0–100000'],
    ['0:c1@100', 'at character 6, the priority is 100; allowed is 0–99'],
    [`0:c${'9'.repeat(400)}`, 'at character 4, a burst’s number of ticks is 999999999999…; allowed is 1–10000'],
  ])('%j: the allowed range', (text, message) => {
    expect(problemOf(text)).toBe(message);
  });

  test('with a 65th process names the place where it begins', () => {
    expect(jobsOf(Array(64).fill('0:c1').join(','))).toHaveLength(64);
    expect(problemOf(Array(65).fill('0:c1').join(','))).toBe(
      'process number 65 begins at character 321; at most 64 are allowed',
    );
  });

  test('with as many CPU ticks as a run may have steps is refused', () => {
    const most = Array(20).fill('0:c10000').join(',');
    expect(JOB_LIMITS.cpuTicks).toBeLessThan(STEP_LIMIT);
    expect(problemOf(most)).toContain(`add up to 200000 ticks; at most ${JOB_LIMITS.cpuTicks} are allowed`);
    expect(jobsOf(most.replace(/10000$/, '9999'))).toHaveLength(20);
  });

  test('never throws, names a place inside the text and speaks both languages', () => {
    const nonsense = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123456789:c-i,@ '), maxLength: 60 }),
      // One character of a good text replaced, or the text cut off.
      fc
        .tuple(jobs.map(formatJobs), fc.nat(), fc.string({ maxLength: 1 }))
        .map(([text, at, by]) => text.slice(0, at % text.length) + by + text.slice((at % text.length) + 1)),
    );
    fc.assert(
      fc.property(nonsense, (text) => {
        const parsed = parseJobs(text);
        if (parsed.jobs !== null) {
          expect(jobsOf(formatJobs(parsed.jobs))).toEqual(parsed.jobs);
          return;
        }
        const { position, message } = parsed.problem;
        expect(position).toBeGreaterThanOrEqual(0);
        expect(position).toBeLessThanOrEqual(text.length);
        expect(message.zh).not.toBe('');
        expect(message.en).not.toBe('');
      }),
      { numRuns: 5000 },
    );
  });
});
