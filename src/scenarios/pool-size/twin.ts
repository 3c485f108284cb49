import { linesOf, type Twin } from '../twin.ts';

/** How long it takes is the machine's; that it is done is the program's. */
export const twin: Twin = {
  determined: [
    { pool: 2, tasks: 6, ioShare: 25 },
    { pool: 3, tasks: 2, ioShare: 0 },
  ],
  normalise: linesOf,
  expected: ({ pool, tasks }) => [`${tasks} tasks, done by ${pool} processes`],
};
