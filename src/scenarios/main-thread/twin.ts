import { linesOf, oneTo, type Twin } from '../twin.ts';

const MAIN = 'The main thread has ended';

/**
 * What save says and the main thread is determined, and which comes first if one waits for the other. A show that is no daemon
 * comes to its end; how far a daemon comes is a matter of time.
 */
export const twin: Twin = {
  determined: [
    { daemon: true, join: false },
    { daemon: true, join: true },
    { daemon: false, join: false },
    { daemon: false, join: true },
  ],
  normalise(output, { daemon, join } = {}) {
    const lines = linesOf(output);
    const said = lines.filter((line) => !line.startsWith('show '));
    const [main, save] = [said.filter((line) => line === MAIN), said.filter((line) => line !== MAIN)];
    const ended = daemon === false ? lines.filter((line) => line === 'show has ended') : [];
    return [...(join === true ? said : [...main, ...save]), ...ended];
  },
  expected: ({ daemon, join }) => {
    const saved = [...oneTo(3).map((n) => `save ${n}`), 'save has ended'];
    return [...(join === true ? [...saved, MAIN] : [MAIN, ...saved]), ...(daemon === true ? [] : ['show has ended'])];
  },
};
