import type { MachineState, ThreadView } from '../../../replay/model.ts';
import type { Transition } from '../../../replay/transitions.ts';
import type { Derived } from '../../state/derived.ts';
import type { Translate } from '../../texts/translate.ts';
import { causeOf } from './cause-words.ts';
import type { Change } from './lit-arrows.ts';
import { MOST_STAGES, type Passage } from './passage.ts';

/** More changes than this in a step are told by the tokens alone: a crowd on every arrow says nothing. */
const MOST_CHANGES = 64;

/** What the step at the cursor has changed. A function of log and cursor, whichever way one came there. */
export function changesAt(
  { steps, transitions, replay }: Derived,
  machine: MachineState,
  t: Translate,
): readonly Change[] {
  const found = transitions.between(steps.previousBoundary(machine.record), machine.record);
  if (found.length > MOST_CHANGES) return [];
  return found.flatMap(({ record, tid, from, to }) => {
    const thread = threadAfter(replay.at(record + 1), tid);
    if (thread === undefined || to === null) return [];
    return [{ tid, shortName: thread.shortName, from, to, cause: causeOf(thread, machine, t) }];
  });
}

/** The states passed going forward from one machine to a later one; empty when there are too many to play, or none. */
export function passagesBetween(
  { transitions, replay }: Derived,
  before: MachineState,
  after: MachineState,
): readonly Passage[] {
  if (after.record <= before.record) return [];
  const found = transitions.between(before.record, after.record);
  if (found.length > MOST_STAGES || !follows(before, found)) return [];
  return found.flatMap(({ record, tid, from, to }) =>
    to === null ? [] : [{ machine: replay.at(record + 1), change: { tid, from, to } }],
  );
}

/** False when `before` belongs to another run: then the changes of this one do not lead on from it. */
function follows(before: MachineState, changes: readonly Transition[]): boolean {
  const states = new Map<number, ThreadView['state'] | null>(before.threads.map(({ tid, state }) => [tid, state]));
  return changes.every(({ tid, from, to }) => {
    const fits = (states.get(tid) ?? null) === from;
    states.set(tid, to);
    return fits;
  });
}

function threadAfter(machine: MachineState, tid: number): ThreadView | undefined {
  return machine.threads.find((thread) => thread.tid === tid);
}

/** How many ticks are over: a step fills its tick, but where a tick has only been prepared it is still to come. */
export function ticksOverAt({ log, steps }: Derived, { step, tick }: MachineState): number {
  const stepped = !log.live && step > 0 && log.tick(steps.lineOf(step)) === tick;
  return stepped ? tick + 1 : tick;
}
