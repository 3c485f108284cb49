import { linesOf, oneTo, type Twin } from '../twin.ts';

/** Every hiker comes to every hut and leaves it, and at each hut one of them says that all are there. */
export const twin: Twin = {
  determined: [
    { parties: 3, stages: 2, absent: false },
    { parties: 1, stages: 1, absent: false },
    { parties: 5, stages: 1, absent: false },
    { parties: 2, stages: 4, absent: false },
  ],
  normalise: (output) => linesOf(output).toSorted(),
  expected: ({ parties, stages }) =>
    oneTo(Number(stages))
      .flatMap((stage) => [
        `All are at hut ${stage}`,
        ...oneTo(Number(parties)).flatMap((n) => [`Hiker ${n} is at hut ${stage}`, `Hiker ${n} leaves hut ${stage}`]),
      ])
      .toSorted(),
};
