import { linesOf, oneTo, type Twin } from '../twin.ts';

const ASKED = /^(Caller: .* has exit code) .*$/;
const TASK = /^Task /;

const goesOn = (n: number): string => `Caller: goes on after calling task ${n}`;
const done = (n: number): string => `Task ${n} is done`;

/**
 * Called synchronously, everything is determined. Asynchronously the caller's own lines are, but not what it is told when it
 * asks, nor when the tasks end: these lines come last, in order.
 */
export const twin: Twin = {
  determined: [
    { tasks: 3, how: 'sync', failing: 0 },
    { tasks: 1, how: 'sync', failing: 0 },
    { tasks: 2, how: 'async', failing: 0 },
    { tasks: 4, how: 'async', failing: 2 },
  ],
  normalise(output, { how } = {}) {
    const lines = linesOf(output);
    if (how === 'sync') return lines;
    const caller = lines.filter((line) => !TASK.test(line)).map((line) => line.replace(ASKED, '$1'));
    return [...caller, ...lines.filter((line) => TASK.test(line)).toSorted()];
  },
  expected({ tasks, how, failing }) {
    const all = oneTo(Number(tasks));
    if (how === 'sync') {
      const asked = all.map((n) => `Caller: Process-${n} has exit code 0`);
      return [...all.flatMap((n) => [done(n), goesOn(n)]), ...asked];
    }
    const asked = all.map((n) => `Caller: Process-${n} has exit code`);
    return [...all.map(goesOn), ...asked, ...all.filter((n) => n !== failing).map(done)];
  },
};
