import { linesOf, withSortedChildren, type Twin } from '../twin.ts';

/** In one order both always end. In opposite orders they may wait for each other for ever. */
export const twin: Twin = {
  determined: [
    { ordered: true, pause: 5 },
    { ordered: true, pause: 0 },
  ],
  mayHang: true,
  normalise: (output) => withSortedChildren(linesOf(output)),
  expected: () => [
    'Ann has copied a page',
    'Ann has one device',
    'Bob has copied a page',
    'Bob has one device',
    'Both have copied',
  ],
};
