import { linesOf, oneTo, type Twin } from '../twin.ts';

/** With any cure everybody eats once. In which order, and how often a fork is put back, is the scheduler's. */
export const twin: Twin = {
  determined: [
    { n: 5, cure: 'ordered' },
    { n: 5, cure: 'waiter' },
    { n: 5, cure: 'release' },
    { n: 2, cure: 'waiter' },
    { n: 3, cure: 'release' },
  ],
  mayHang: true,
  normalise: (output) =>
    linesOf(output)
      .filter((line) => line.endsWith(' eats'))
      .toSorted(),
  expected: ({ n }) => oneTo(Number(n)).map((seat) => `Philosopher ${seat} eats`),
};
