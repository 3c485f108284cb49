import { linesOf, oneTo, type Twin } from '../twin.ts';

/** A lone worker, or several under the lock, lose nothing; the list is whole in any case, in the scheduler's order. */
export const twin: Twin = {
  determined: [
    { workers: 1, rounds: 5, locked: false },
    { workers: 2, rounds: 2, locked: true },
    { workers: 4, rounds: 6, locked: true },
  ],
  normalise: (output) =>
    linesOf(output).map((line) =>
      line.replace(/\[(.*)\]/, (_, all: string) => `[${all.split(', ').toSorted().join(', ')}]`),
    ),
  expected: ({ workers, rounds }) => {
    const taken = Number(workers) * Number(rounds);
    return [`Taken: ${taken} of 100, left: ${100 - taken}`, `Done: [${oneTo(Number(workers)).join(', ')}]`];
  },
};
