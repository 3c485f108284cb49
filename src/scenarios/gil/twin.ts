import { linesOf, type Twin } from '../twin.ts';

/** How long it takes is the machine's. */
export const twin: Twin = {
  determined: [
    { kind: 'threads', n: 2, rounds: 6, work: 'compute' },
    { kind: 'processes', n: 2, rounds: 6, work: 'compute' },
    { kind: 'threads', n: 4, rounds: 2, work: 'sleep' },
  ],
  normalise: (output) => linesOf(output).map((line) => line.replace(/\d+ ms$/, 'ms')),
  expected: ({ n, kind }) => [`${n} ${kind}: ms`],
};
