import { linesOf, oneTo, type Twin } from '../twin.ts';

const sorted = (part: readonly string[]): string[] => part.toSorted().toReversed();

/** The lines of each half, whoever does which task, and in whatever order. */
function halves(lines: readonly string[]): string[] {
  const end = lines.findIndex((line) => line.startsWith('Semaphore'));
  return [...sorted(lines.slice(0, end + 1)), ...sorted(lines.slice(end + 1))];
}

export const twin: Twin = {
  determined: [
    { n: 2, tasks: 5, how: 'both' },
    { n: 3, tasks: 4, how: 'pool' },
    { n: 1, tasks: 3, how: 'semaphore' },
  ],
  normalise: (output) => halves(linesOf(output).map((line) => line.replace(/^pid \d+/, 'somebody'))),
  expected: ({ n, tasks, how }) => {
    const done = oneTo(Number(tasks)).map((task) => `somebody does task ${task}`);
    const half = (name: string): string[] => [...done, `${name}: ${tasks} tasks, ${n} at a time`];
    return halves([...(how === 'pool' ? [] : half('Semaphore')), ...(how === 'semaphore' ? [] : half('Pool'))]);
  },
};
