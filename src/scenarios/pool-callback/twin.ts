import { linesOf, oneTo, type Twin } from '../twin.ts';

/** Whoever downloads, and in whatever order the pages come: all are saved by the main process. */
export const twin: Twin = {
  determined: [
    { pool: 2, tasks: 4 },
    { pool: 3, tasks: 5 },
    { pool: 1, tasks: 2 },
  ],
  normalise: (output) => {
    const lines = linesOf(output);
    const main = /^pid \d+ /.exec(lines[0] ?? '')?.[0] ?? '';
    const said = lines.map((line) => (line.startsWith(main) ? `main ${line.slice(main.length)}` : line));
    const middle = said.slice(1, -1).map((line) => line.replace(/^pid \d+/, 'another'));
    return [...said.slice(0, 1), ...middle.toSorted(), ...said.slice(-1)];
  },
  expected: ({ tasks }) => [
    'main is the main process',
    ...oneTo(Number(tasks)).map((page) => `another downloads page ${page}`),
    ...oneTo(Number(tasks)).map((page) => `main saves page ${page}`),
    'All pages are saved',
  ],
};
