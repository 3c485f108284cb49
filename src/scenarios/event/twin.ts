import { linesOf, oneTo, withSortedChildren, type Twin } from '../twin.ts';

/** In the end the light is green and stays so: every car comes and drives on. Which of them waits is a matter of timing. */
export const twin: Twin = {
  determined: [
    { cars: 4, flips: 1 },
    { cars: 1, flips: 0 },
    { cars: 3, flips: 3 },
  ],
  normalise: (output) => withSortedChildren(linesOf(output)),
  expected: ({ cars }) => [
    ...oneTo(Number(cars))
      .flatMap((car) => [`Car ${car} drives on`, `Car ${car} is at the light`])
      .toSorted(),
    'The road is empty',
  ],
};
