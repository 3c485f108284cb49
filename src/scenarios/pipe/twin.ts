import { linesOf, oneTo, type Twin } from '../twin.ts';

/** One reader, or several under the lock, get every message once, and then all come to the end. Who gets which is the scheduler's. */
export const twin: Twin = {
  determined: [
    { messages: 4, readers: 1, locked: false, close: true },
    { messages: 4, readers: 2, locked: true, close: true },
    { messages: 10, readers: 4, locked: true, close: true },
  ],
  mayFail: true,
  normalise: (output) =>
    linesOf(output)
      .map((line) => line.replace(/^Reader \d+ got/, 'A reader got'))
      .toSorted(),
  expected: ({ messages, readers }) => [
    ...oneTo(Number(messages))
      .map((n) => `A reader got message ${n}`)
      .toSorted(),
    ...oneTo(Number(readers)).map((n) => `Reader ${n} has come to the end`),
  ],
};
