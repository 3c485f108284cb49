import { linesOf, oneTo, type Twin } from '../twin.ts';

/** What save and the main thread say is determined; of a daemon only that it does not come to its end. */
export const twin: Twin = {
  determined: [
    { daemon: true, join: false },
    { daemon: true, join: true },
    { daemon: false, join: false },
    { daemon: false, join: true },
  ],
  normalise: (output) => linesOf(output).filter((line) => !/^show \d/.test(line)),
  expected: ({ daemon, join }) => {
    const saved = [...oneTo(3).map((n) => `save ${n}`), 'save has ended'];
    const main = ['The main thread has ended'];
    return [
      ...(join === true ? [...saved, ...main] : [...main, ...saved]),
      ...(daemon === true ? [] : ['show has ended']),
    ];
  },
};
