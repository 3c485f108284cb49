import { linesOf, oneTo, type Twin } from '../twin.ts';

/** With `while` every loaf that is brought is taken once. How many are left at each time is the scheduler's, unless there is room for one. */
export const twin: Twin = {
  determined: [
    { producers: 1, consumers: 2, room: 1, waiting: 'while' },
    { producers: 3, consumers: 2, room: 1, waiting: 'while' },
    { producers: 2, consumers: 3, room: 4, waiting: 'while' },
    { producers: 1, consumers: 1, room: 2, waiting: 'while' },
  ],
  normalise: (output) =>
    linesOf(output)
      .map((line) => line.replace(/, \d+ left$/, ''))
      .toSorted(),
  expected: ({ producers, consumers }) => [
    ...oneTo(Number(producers)).flatMap((n) => oneTo(Number(consumers)).map(() => `Baker ${n} brings a loaf`)),
    ...oneTo(Number(consumers)).flatMap((n) => oneTo(Number(producers)).map(() => `Customer ${n} takes a loaf`)),
  ],
};
