import { linesOf, oneTo, withNamedPids, type Twin } from '../twin.ts';

/** Thread and process count side by side, in an order that is the scheduler's; the main thread sleeps longer than both. */
export const twin: Twin = {
  determined: [{ rounds: 3 }, { rounds: 1 }, { rounds: 5 }],
  normalise(output) {
    const [first = '', ...rest] = linesOf(output);
    const said = (who: string): string[] => rest.filter((line) => line.startsWith(who));
    return withNamedPids([first, ...said('Thread'), ...said('Process'), ...said('Main')]);
  },
  expected: ({ rounds }) => [
    'Main thread in pid A',
    ...oneTo(Number(rounds)).map((n) => `Thread in pid A: ${n}`),
    ...oneTo(Number(rounds)).map((n) => `Process in pid B: ${n}`),
    'Main thread in pid A is awake',
  ],
};
