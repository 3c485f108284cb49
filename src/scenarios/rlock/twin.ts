import { linesOf, oneTo, type Twin } from '../twin.ts';

/** With an RLock one clerk after the other pays a tenth of what it finds. With a Lock the first waits for itself. */
export const twin: Twin = {
  determined: [
    { kind: 'RLock', clerks: 2 },
    { kind: 'RLock', clerks: 1 },
    { kind: 'RLock', clerks: 5 },
  ],
  mayHang: true,
  /** Which clerk is first is the scheduler's: nobody in particular has found and deposited. */
  normalise: (output) =>
    linesOf(output)
      .map((line) => line.replace(/Clerk \d+/, 'A clerk'))
      .toSorted(),
  expected({ clerks }) {
    const lines: string[] = [];
    let balance = 100;
    for (const _ of oneTo(Number(clerks))) {
      const interest = Math.floor(balance / 10);
      lines.push(`A clerk finds ${balance}`, `A clerk deposits ${interest}`);
      balance += interest;
    }
    return [...lines, `The balance is ${balance}`].toSorted();
  },
};
