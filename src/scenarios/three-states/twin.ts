import { linesOf, oneTo, withSortedChildren, type Twin } from '../twin.ts';

export const twin: Twin = {
  determined: [
    { processes: 3, rounds: 2 },
    { processes: 1, rounds: 1 },
    { processes: 8, rounds: 1 },
  ],
  normalise: (output) => withSortedChildren(linesOf(output)),
  expected: ({ processes }) => [
    ...oneTo(Number(processes)).map((n) => `Process-${n} is done`),
    'All children have ended',
  ],
};
