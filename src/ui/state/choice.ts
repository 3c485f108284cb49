import type { Pid, Tid } from '../../base/ids.ts';
import type { MachineState, ThreadView } from '../../replay/model.ts';
import { translator } from '../texts/translate.ts';
import { Refusal } from './refusal.ts';

/** @throws Refusal when this thread cannot be taken next, by the rule of the kernel but in the words of the page. */
export function mustBeTakeable(machine: MachineState, tid: Tid): void {
  const thread = threadIn(machine, tid);
  const { shortName: name, state } = thread;
  if (machine.end !== null) throw new Refusal({ key: 'notice.runOver', values: { name } });
  if (state === 'Ready' || state === 'Running') return;
  const key = `state.${state}.plain` as const;
  throw new Refusal({
    key: 'notice.notReady',
    values: { name, state: { zh: translator('zh')(key), en: translator('en')(key) } },
  });
}

/** @throws Refusal when there is no thread of this process left that could be ended. */
export function mustBeAlive(machine: MachineState, tid: Tid, pid: Pid): void {
  const { shortName: name } = threadIn(machine, tid);
  const isAlive = machine.threads.some((one) => one.pid === pid && one.state !== 'Terminated');
  if (!isAlive || machine.end !== null) throw new Refusal({ key: 'notice.hasEnded', values: { name } });
}

function threadIn(machine: MachineState, tid: Tid): ThreadView {
  const thread = machine.threads.find((one) => one.tid === tid);
  if (thread === undefined) throw noThread(tid);
  return thread;
}

export function noThread(tid: Tid): Refusal {
  return new Refusal({ key: 'notice.noThread', values: { tid } });
}
