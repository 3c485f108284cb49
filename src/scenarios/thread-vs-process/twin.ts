import { linesOf, type Twin } from '../twin.ts';

/** Times are never the same twice; that each of the three was measured is. */
export const twin: Twin = {
  determined: [
    { n: 2, laps: 2 },
    { n: 5, laps: 10 },
  ],
  normalise: (output) => linesOf(output).map((line) => line.replace(/\d+\.\d/g, 'ms')),
  expected: ({ n }) => ['Thread', 'Process'].map((kind) => `${n} x ${kind}: start ms, switch ms, finish ms`),
};
