import { linesOf, oneTo, withSortedChildren, type Twin } from '../twin.ts';

/** What is printed, whoever of the pool does which task, and in whatever order. */
export const twin: Twin = {
  determined: [
    { pool: 2, tasks: 4, how: 'async' },
    { pool: 3, tasks: 5, how: 'apply' },
    { pool: 2, tasks: 5, how: 'map' },
  ],
  normalise: (output) => withSortedChildren(linesOf(output).map((line) => line.replace(/^pid \d+/, 'Somebody'))),
  expected: ({ tasks, how }) => {
    const numbers = oneTo(Number(tasks));
    const said = numbers.map((n) => `${n} squared is ${n * n}`);
    return [
      ...(how === 'async' ? [...said, 'All tasks are handed in'] : how === 'apply' ? said : []),
      ...numbers.map((n) => `Somebody does task ${n}`),
      ...(how === 'map' ? [`The squares are [${numbers.map((n) => n * n).join(', ')}]`] : []),
      'The pool is empty',
    ];
  },
};
