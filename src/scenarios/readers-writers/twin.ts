import { linesOf, oneTo, type Twin } from '../twin.ts';

/** Everybody gets in once; in which order is a matter of timing. */
export const twin: Twin = {
  determined: [
    { readers: 3, writers: 1, prefer: 'readers' },
    { readers: 3, writers: 2, prefer: 'nobody' },
    { readers: 1, writers: 3, prefer: 'readers' },
  ],
  normalise: (output) => linesOf(output).toSorted(),
  expected: ({ readers, writers }) => [
    ...oneTo(Number(readers)).map((n) => `Reader ${n} reads`),
    ...oneTo(Number(writers)).map((n) => `Writer ${n} writes`),
  ],
};
