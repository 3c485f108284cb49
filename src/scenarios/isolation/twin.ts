import { linesOf, oneTo, type Twin } from '../twin.ts';

/** The parent speaks when all children have ended; among them the order is the scheduler's. */
export const twin: Twin = {
  determined: [{ children: 3 }, { children: 1 }, { children: 8 }],
  normalise(output) {
    const lines = linesOf(output);
    return [...lines.slice(0, -2).toSorted(), ...lines.slice(-2)];
  },
  expected: ({ children }) => [
    ...oneTo(Number(children)).map((child) => `Child ${child}: my counter is 90`),
    'Parent: my counter is 100',
    `Parent: the shared one is ${100 - 10 * Number(children)}`,
  ],
};
