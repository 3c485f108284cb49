import { linesOf, withNamedPids, type Twin } from '../twin.ts';

/** With `join` the parent's second print comes after the child's on every machine; with a pause alone it only nearly does. */
export const twin: Twin = {
  determined: [
    { name: 'Alice', pause: 0, join: true },
    { name: '小明', pause: 5, join: true },
    { name: "O'Neil \\ 🐍", pause: 0, join: true },
  ],
  normalise: (output) => withNamedPids(linesOf(output)),
  expected: ({ name }) => [
    'Parent: I am pid A',
    `Child: hello ${String(name)}, I am pid B, my parent is pid A`,
    'Parent: I go on, my child was pid B',
  ],
};
