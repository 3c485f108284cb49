import { linesOf, oneTo, withSortedChildren, type Twin } from '../twin.ts';

/** Everybody goes in once and out once, and all places are free in the end. In which order is the scheduler's. */
export const twin: Twin = {
  determined: [
    { k: 2, guests: 5 },
    { k: 1, guests: 3 },
    { k: 8, guests: 4 },
  ],
  normalise: (output) => withSortedChildren(linesOf(output)),
  expected: ({ k, guests }) => [
    ...oneTo(Number(guests)).flatMap((guest) => [`Guest ${guest} goes in`, `Guest ${guest} goes out`]),
    `The room is empty, ${k} places are free`,
  ],
};
