import { asObjectId } from '../../../base/ids.ts';
import type { MachineState } from '../../../replay/model.ts';
import type { WaitCycle, WaitEdge } from '../../../replay/wait-for-graph.ts';
import { threadIn, waitedForWords } from '../../texts/machine-words.ts';
import type { Translate } from '../../texts/translate.ts';
import type { NodeKey } from './graph-layout.ts';

/** What stands in a node. */
export function nodeWords(t: Translate, machine: MachineState, key: NodeKey): string {
  const id = Number(key.slice(1));
  if (key.startsWith('t')) return machine.threads.find(({ tid }) => tid === id)?.shortName ?? t('say.someone');
  return waitedForWords(t, machine, asObjectId(id));
}

const HELD = { 'held-by': 'graph.heldBy', 'served-by': 'graph.servedBy', 'kept-by': 'graph.keptBy' } as const;

export function edgeWords(t: Translate, machine: MachineState, edge: WaitEdge): string {
  const thread = threadIn(machine, edge.thread)?.shortName ?? t('say.someone');
  if (edge.kind === 'joins') {
    return t('graph.joins', { from: thread, to: threadIn(machine, edge.target)?.shortName ?? t('say.someone') });
  }
  const object = waitedForWords(t, machine, edge.object);
  if (edge.kind === 'waits-for') return t('graph.waitsFor', { from: thread, to: object });
  return t(HELD[edge.kind], { from: object, to: thread });
}

/** P1 → lock “b” → P2 → … → P1. */
export function cycleWords(t: Translate, machine: MachineState, { threads, objects }: WaitCycle): string {
  const steps = threads.flatMap((tid, i) => {
    const name = threadIn(machine, tid)?.shortName ?? t('say.someone');
    const object = machine.objects.find(({ id }) => id === objects[i]);
    return object === undefined ? [name] : [name, waitedForWords(t, machine, object.id)];
  });
  return [...steps, steps[0] ?? ''].join(' → ');
}
