import type { Tid } from '../../../base/ids.ts';
import type { MachineState, ThreadView } from '../../../replay/model.ts';
import type { Derived } from '../../state/derived.ts';

/** The selected thread, or else the one that has made the last step; null: there is none. */
export function shownThread(
  machine: MachineState,
  { log, steps }: Pick<Derived, 'log' | 'steps'>,
  cursor: number,
  selected: Tid | null,
): ThreadView | null {
  const step = steps.stepAt(cursor);
  const wanted = selected ?? (step === 0 ? null : log.tid(steps.lineOf(step)));
  return machine.threads.find(({ tid }) => tid === wanted) ?? null;
}
