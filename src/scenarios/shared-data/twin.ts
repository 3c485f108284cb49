import { linesOf, oneTo, type Twin } from '../twin.ts';

/** Under the lock no addition is lost; what a thread sees before the last is the scheduler's. Processes add each for itself. */
export const twin: Twin = {
  determined: [
    { as: 'threads', workers: 2, rounds: 3, locked: true },
    { as: 'threads', workers: 4, rounds: 5, locked: true },
    { as: 'threads', workers: 1, rounds: 4, locked: false },
    { as: 'processes', workers: 2, rounds: 3, locked: false },
    { as: 'processes', workers: 3, rounds: 2, locked: true },
  ],
  normalise(output) {
    const lines = linesOf(output);
    const threads = !lines.at(-1)?.endsWith(' 0');
    return [
      ...lines
        .slice(0, -1)
        .map((line) => (threads ? line.replace(/\d+$/, 'n') : line))
        .toSorted(),
      ...lines.slice(-1),
    ];
  },
  expected({ as, workers, rounds }) {
    const seen = as === 'threads' ? 'n' : String(rounds);
    const total = as === 'threads' ? Number(workers) * Number(rounds) : 0;
    return [...oneTo(Number(workers)).map((n) => `Worker ${n} sees ${seen}`), `The main thread sees ${total}`];
  },
};
