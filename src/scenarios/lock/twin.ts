import { linesOf, oneTo, type Twin } from '../twin.ts';

const BUYER = /^Buyer (\d+) /;

/** Under the lock only the order of the buyers is the scheduler's; without it anything may be sold. */
export const twin: Twin = {
  determined: [
    { buyers: 4, tickets: 2, locked: true, think: 0 },
    { buyers: 3, tickets: 5, locked: true, think: 2 },
    { buyers: 6, tickets: 0, locked: true, think: 1 },
    { buyers: 1, tickets: 1, locked: true, think: 0 },
  ],
  /** What was said, by nobody in particular; then who spoke; then the parent's line. */
  normalise(output) {
    const lines = linesOf(output);
    const buyers = lines.map((line) => Number(BUYER.exec(line)?.[1])).filter((buyer) => !Number.isNaN(buyer));
    return [
      ...lines
        .slice(0, -1)
        .map((line) => line.replace(BUYER, 'Buyer '))
        .toSorted(),
      `Buyers ${buyers.toSorted((a, b) => a - b).join(' ')}`,
      ...lines.slice(-1),
    ];
  },
  expected({ buyers, tickets }) {
    const sold = Math.min(Number(buyers), Number(tickets));
    const left = Number(tickets) - sold;
    return [
      ...oneTo(sold).map((n) => `Buyer bought a ticket, ${left + n - 1} left`),
      ...oneTo(Number(buyers) - sold).map(() => 'Buyer came too late'),
      `Buyers ${oneTo(Number(buyers)).join(' ')}`,
      `The counter says: ${left} left`,
    ];
  },
};
