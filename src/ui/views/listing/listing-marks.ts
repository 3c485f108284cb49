import type { MachineState, ThreadView } from '../../../replay/model.ts';
import { BOLD, textWidth } from '../diagram/text-width.ts';

/** Pixels: the room beside a line, between two marks, and of a mark without its name; and the size of that. */
const ROOM = 69;
const GAP = 2;
const MARK = 11;
const FONT = 10.5;

/** Threads that stand at each line, in order of tid. Terminated threads stand nowhere. */
export function marksByLine(machine: MachineState): ReadonlyMap<number, readonly ThreadView[]> {
  const marks = new Map<number, ThreadView[]>();
  for (const thread of machine.threads) {
    if (thread.line === null || thread.state === 'Terminated') continue;
    const there = marks.get(thread.line);
    if (there === undefined) marks.set(thread.line, [thread]);
    else there.push(thread);
  }
  return marks;
}

/** The thread whose colour a line has: who runs goes before who does not. */
export function leaderOf(threads: readonly ThreadView[]): ThreadView | undefined {
  return threads.find(({ state }) => state === 'Running') ?? threads[0];
}

/**
 * The line to keep in view: the selected thread's, else of the one that runs on the lowest CPU, else of the one that changed its
 * state last; null before anything was executed. A function of what is shown, so that stepping back shows the same page.
 */
export function lineInFocus(machine: MachineState, selected: number | null): number | null {
  const chosen = machine.threads.find((thread) => thread.tid === selected);
  if (chosen !== undefined && chosen.line !== null && chosen.state !== 'Terminated') return chosen.line;
  const running = machine.cpus.find((tid) => tid !== null);
  const here = machine.threads.find((thread) => thread.tid === running)?.line ?? null;
  if (here !== null) return here;
  const placed = machine.threads.filter((thread) => thread.line !== null);
  return placed.toSorted((one, other) => other.since - one.since || one.tid - other.tid)[0]?.line ?? null;
}

/**
 * Where to scroll a box so that a row is in its middle third; moves only when the row leaves its third, so that stepping from
 * line to line keeps the listing still. Pixels from the top of the content; the caller's box clamps the lower end.
 */
export function scrollFor(rowTop: number, boxHeight: number): number {
  const third = Math.max(1, Math.floor(boxHeight / 3));
  return Math.max(0, (Math.floor(rowTop / third) - 1) * third);
}

/** How many of a line's marks have room beside it: two at most; of more, one is shown and the others are counted. */
export function marksShown(names: readonly string[]): number {
  const width = names.reduce((sum, name) => sum + MARK + textWidth(name, FONT * BOLD), GAP * (names.length - 1));
  return names.length <= 2 && width <= ROOM ? names.length : Math.min(1, names.length);
}

/** Spaces before a line of the listing, which comes as HTML. */
export function indentOf(html: string): number {
  return html.length - html.trimStart().length;
}
