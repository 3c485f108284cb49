import type { MachineState, ThreadView } from '../../../replay/model.ts';

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

/** The line to keep in view: the selected thread's, else the one that runs on the lowest CPU. */
export function lineInFocus(machine: MachineState, selected: number | null): number | null {
  const chosen = machine.threads.find((thread) => thread.tid === selected);
  if (chosen !== undefined && chosen.line !== null && chosen.state !== 'Terminated') return chosen.line;
  const running = machine.cpus.find((tid) => tid !== null);
  return machine.threads.find((thread) => thread.tid === running)?.line ?? null;
}
