import { ObjectKind } from '../../../abi/objects.ts';
import type { PreemptCause, ReadyCause } from '../../../abi/record.ts';
import type { MachineState, ThreadView } from '../../../replay/model.ts';
import {
  endCauseKey,
  objectIn,
  objectWords,
  preemptCauseKey,
  readyCauseKey,
  reasonKey,
  threadIn,
} from '../../texts/machine-words.ts';
import type { Translate } from '../../texts/translate.ts';

/** In a few words, why the thread is in the state it is in: what its arrow carries. `machine` gives names. */
export function causeOf(thread: ThreadView, machine: MachineState, t: Translate): string {
  switch (thread.state) {
    case 'New':
      return t('readyCause.created');
    case 'Ready':
      return readyCause(thread, machine, t);
    case 'Running':
      // On which CPU one sees: the token goes there.
      return t('arrow.dispatch');
    case 'Blocked':
      return t('arrow.blockOn', { place: placeOf(thread, machine, t) });
    case 'Terminated':
      return thread.end === null ? t('arrow.exit') : t(endCauseKey(thread.end.cause), { code: thread.end.code });
  }
}

function readyCause({ ready }: ThreadView, machine: MachineState, t: Translate): string {
  if (ready === null) return t('arrow.wake');
  // `preempted` says which of the two tables the cause is of.
  if (ready.preempted) return t(preemptCauseKey(ready.cause as PreemptCause));
  const waker = threadIn(machine, ready.by);
  const key = readyCauseKey(ready.cause as ReadyCause);
  if (key === 'readyCause.woken' && waker !== null) return t('diagram.wokenBy', { name: waker.shortName });
  return key === 'readyCause.created' ? t('arrow.admit') : t(key);
}

/** What a Blocked thread waits for: "lock tickets_lock", "join P3", "sleep". */
export function placeOf({ blocked }: ThreadView, machine: MachineState, t: Translate): string {
  if (blocked === null) return t('reason.other');
  const object = objectIn(machine, blocked.object);
  if (object !== null) {
    const whole = objectIn(machine, object.whole);
    // At which of its pipes is of no account, and there are as many as clients.
    const shown = whole?.kind === ObjectKind.MANAGER ? whole : object;
    // A mark between Chinese and a name has also kept the two apart.
    return objectWords(t, shown)
      .replaceAll(/(?<=\p{Script=Han})“(?=\w)/gu, ' ')
      .replaceAll(/[`“”]/gu, '');
  }
  const awaited = machine.threads.find((other) => blocked.object !== null && other.object === blocked.object);
  return awaited === undefined ? t(reasonKey(blocked.reason)) : t('place.join', { name: awaited.shortName });
}
