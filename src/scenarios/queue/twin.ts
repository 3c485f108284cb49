import { linesOf, oneTo, type Twin } from '../twin.ts';

const GOODS = ['包子', "[1, [2, 'three']]", "{'price': 2.5, 'sold': None}", "b'\\x00\\xff'", '1180591620717411303424'];

/** Whatever was put is got once, and prints alike on both sides. Who gets which is the scheduler's. */
export const twin: Twin = {
  determined: [
    { producers: 1, consumers: 2, items: 5, size: 2 },
    { producers: 3, consumers: 1, items: 3, size: 1 },
    { producers: 2, consumers: 4, items: 6, size: 5 },
  ],
  normalise: (output) =>
    linesOf(output)
      .map((line) => line.replace(/^(Producer|Consumer) \d+/, '$1'))
      .toSorted(),
  expected: ({ producers, items }) =>
    oneTo(Number(producers))
      .flatMap(() => oneTo(Number(items)).map((n) => GOODS[(n - 1) % GOODS.length]))
      .flatMap((value) => [`Consumer got ${value}`, `Producer put ${value}`])
      .toSorted(),
};
