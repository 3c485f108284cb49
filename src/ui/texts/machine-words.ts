import { namelessName } from '../../abi/kind-names.ts';
import { ObjectKind, PartRole } from '../../abi/objects.ts';
import { BlockReason, EndCause, Operation, PreemptCause, ReadyCause } from '../../abi/record.ts';
import type { ObjectId, Tid } from '../../base/ids.ts';
import type { MachineState, ObjectView, ThreadView } from '../../replay/model.ts';
import { isAtPipe } from '../../replay/pipe-ends.ts';
import type { TextKey, Translate } from './translate.ts';

/** The words for what the log has numbers for. */
const REASONS: Readonly<Record<BlockReason, TextKey>> = {
  [BlockReason.SLEEP]: 'reason.sleep',
  [BlockReason.IO]: 'reason.io',
  [BlockReason.LOCK]: 'reason.lock',
  [BlockReason.EVENT]: 'reason.event',
  [BlockReason.JOIN]: 'reason.join',
  [BlockReason.OTHER]: 'reason.other',
  [BlockReason.SEMAPHORE]: 'reason.semaphore',
  [BlockReason.CONDITION]: 'reason.condition',
  [BlockReason.BARRIER]: 'reason.barrier',
  [BlockReason.PIPE_EMPTY]: 'reason.pipeEmpty',
  [BlockReason.PIPE_FULL]: 'reason.pipeFull',
  [BlockReason.RESULT]: 'reason.result',
  [BlockReason.POLL]: 'reason.poll',
  [BlockReason.INPUT]: 'reason.input',
};

const READY_CAUSES: Readonly<Record<ReadyCause, TextKey>> = {
  [ReadyCause.CREATED]: 'readyCause.created',
  [ReadyCause.WOKEN]: 'readyCause.woken',
  [ReadyCause.TIMER]: 'readyCause.timer',
  [ReadyCause.IO]: 'readyCause.io',
  [ReadyCause.TIMED_OUT]: 'readyCause.timedOut',
  [ReadyCause.ARRIVED]: 'readyCause.arrived',
};

const PREEMPT_CAUSES: Readonly<Record<PreemptCause, TextKey>> = {
  [PreemptCause.QUANTUM]: 'preemptCause.quantum',
  [PreemptCause.PRIORITY]: 'preemptCause.priority',
  [PreemptCause.SHORTER]: 'preemptCause.shorter',
  [PreemptCause.PICK]: 'preemptCause.pick',
  [PreemptCause.DEMOTED]: 'preemptCause.demoted',
  [PreemptCause.RANDOM]: 'preemptCause.random',
};

const END_CAUSES: Readonly<Record<EndCause, TextKey>> = {
  [EndCause.RETURNED]: 'endCause.returned',
  [EndCause.EXITED]: 'endCause.exited',
  [EndCause.RAISED]: 'endCause.raised',
  [EndCause.KILLED]: 'endCause.killed',
  [EndCause.HUNG]: 'endCause.hung',
  [EndCause.HOST_DIED]: 'endCause.hostDied',
  [EndCause.DAEMON]: 'endCause.daemon',
};

const OBJECTS: Readonly<Record<ObjectKind, TextKey>> = {
  [ObjectKind.NONE]: 'object.other',
  [ObjectKind.PROCESS]: 'object.process',
  [ObjectKind.THREAD]: 'object.thread',
  [ObjectKind.LOCK]: 'object.lock',
  [ObjectKind.EVENT]: 'object.event',
  [ObjectKind.VALUE]: 'object.value',
  [ObjectKind.DEVICE]: 'object.device',
  [ObjectKind.RLOCK]: 'object.rlock',
  [ObjectKind.SEMAPHORE]: 'object.semaphore',
  [ObjectKind.BOUNDED_SEMAPHORE]: 'object.boundedSemaphore',
  [ObjectKind.CONDITION]: 'object.condition',
  [ObjectKind.BARRIER]: 'object.barrier',
  [ObjectKind.PIPE]: 'object.pipe',
  [ObjectKind.QUEUE]: 'object.queue',
  [ObjectKind.POOL]: 'object.pool',
  [ObjectKind.JOINABLE_QUEUE]: 'object.joinableQueue',
  [ObjectKind.SIMPLE_QUEUE]: 'object.simpleQueue',
  [ObjectKind.ARRAY]: 'object.array',
  [ObjectKind.GLOBAL]: 'object.global',
  [ObjectKind.MANAGER]: 'object.manager',
  [ObjectKind.MANAGED]: 'object.managed',
  [ObjectKind.RESULT]: 'object.result',
};

const OPERATIONS: Readonly<Record<Operation, TextKey>> = {
  [Operation.ACQUIRE]: 'operation.acquire',
  [Operation.RELEASE]: 'operation.release',
  [Operation.WAIT]: 'operation.wait',
  [Operation.SET]: 'operation.set',
  [Operation.CLEAR]: 'operation.clear',
  [Operation.IS_SET]: 'operation.isSet',
  [Operation.JOIN]: 'operation.join',
  [Operation.START]: 'operation.start',
  [Operation.SLEEP]: 'operation.sleep',
  [Operation.IO]: 'operation.io',
  [Operation.TERMINATE]: 'operation.terminate',
  [Operation.GET_VALUE]: 'operation.getValue',
  [Operation.NOTIFY]: 'operation.notify',
  [Operation.NOTIFY_ALL]: 'operation.notifyAll',
  [Operation.ARRIVE]: 'operation.arrive',
  [Operation.PASS]: 'operation.pass',
  [Operation.RESET]: 'operation.reset',
  [Operation.ABORT]: 'operation.abort',
  [Operation.PUT]: 'operation.put',
  [Operation.GET]: 'operation.get',
  [Operation.TASK_DONE]: 'operation.taskDone',
  [Operation.SEND]: 'operation.send',
  [Operation.RECEIVE]: 'operation.recv',
  [Operation.POLL]: 'operation.poll',
  [Operation.CLOSE]: 'operation.close',
  [Operation.SUBMIT]: 'operation.submit',
  [Operation.TASK]: 'operation.task',
  [Operation.CALLBACK]: 'operation.callback',
  [Operation.RESIZE]: 'operation.resize',
  [Operation.REQUEST]: 'operation.request',
};

const ROLES: Readonly<Record<PartRole, TextKey>> = {
  [PartRole.PIPE]: 'role.pipe',
  [PartRole.READ_LOCK]: 'role.readLock',
  [PartRole.WRITE_LOCK]: 'role.writeLock',
  [PartRole.SLOTS]: 'role.slots',
  [PartRole.UNFINISHED]: 'role.unfinished',
  [PartRole.LOCK]: 'role.lock',
  [PartRole.TASKS]: 'role.tasks',
  [PartRole.RESULTS]: 'role.results',
  [PartRole.WORKER]: 'role.worker',
  [PartRole.HANDLER]: 'role.handler',
  [PartRole.SERVER]: 'role.server',
  [PartRole.REVERSE]: 'role.reverse',
  [PartRole.ALL_DONE]: 'role.allDone',
  [PartRole.MANAGED]: 'role.managed',
};

export const roleKey = (role: PartRole): TextKey => ROLES[role] ?? 'role.part';
export const reasonKey = (reason: BlockReason): TextKey => REASONS[reason] ?? 'reason.other';
export const readyCauseKey = (cause: ReadyCause): TextKey => READY_CAUSES[cause] ?? 'readyCause.woken';
export const preemptCauseKey = (cause: PreemptCause): TextKey => PREEMPT_CAUSES[cause] ?? 'preemptCause.quantum';
export const endCauseKey = (cause: EndCause): TextKey => END_CAUSES[cause] ?? 'endCause.returned';
export const objectKindKey = (kind: ObjectKind): TextKey => OBJECTS[kind] ?? 'object.other';
export const operationKey = (operation: Operation): TextKey => OPERATIONS[operation] ?? 'operation.other';

/** As the kernel names the first process of a program. A launcher is not in the log, and no job of it has this name. */
export const MAIN_PROCESS = 'MainProcess';

/** The number behind the kind in the name that replay gives to what the program did not name: `lock 2`. */
const ORDINAL = / (\d+)$/;

function ordinalOf({ kind, name }: ObjectView): string | null {
  const number = ORDINAL.exec(name)?.[1];
  return number !== undefined && name === namelessName(kind, Number(number)) ? number : null;
}

/** The program has not named it. */
export function isNameless(object: ObjectView): boolean {
  return ordinalOf(object) !== null;
}

/** "lock “tickets”"; without a name of its own "lock 2". */
export function objectWords(t: Translate, object: ObjectView): string {
  const kind = t(objectKindKey(object.kind));
  const number = ordinalOf(object);
  return number === null ? t('say.object', { kind, object: object.name }) : `${kind} ${number}`;
}

/** How a counter stands, and against which bound, if it has one: "2", "2 of 3". */
export function counterWords(t: Translate, value: number, limit: number | null): string {
  return limit === null ? String(value) : t('objects.countOf', { value, limit });
}

/** How a barrier stands: "2 of 3 have arrived", "broken". */
export function barrierWords(t: Translate, { value, limit, broken }: ObjectView): string {
  return broken === true ? t('objects.broken') : t('objects.arrived', { value: value ?? 0, limit: limit ?? 0 });
}

/** How often a holder has taken its lock, as it stands behind the holder: " ×2"; nothing for once. */
export function depthWords(depth: number | null): string {
  return depth !== null && depth > 1 ? ` ×${depth}` : '';
}

export function threadIn(machine: MachineState, tid: Tid | null): ThreadView | null {
  return tid === null ? null : (machine.threads.find((thread) => thread.tid === tid) ?? null);
}

export function objectIn(machine: MachineState, object: ObjectId | null): ObjectView | null {
  return object === null ? null : (machine.objects.find(({ id }) => id === object) ?? null);
}

/** The process that keeps a manager's objects; null for anything else. */
export function serverOf(machine: MachineState, manager: ObjectView): ThreadView | null {
  const server = manager.parts.find(({ role }) => role === PartRole.SERVER);
  return machine.threads.find(({ object }) => object === server?.object) ?? null;
}

/** A nameless part is told by what it is to its whole: "the read lock of queue “q”". */
export function partWords(t: Translate, object: ObjectView, whole: ObjectView | null): string {
  const role = whole?.parts.find((part) => part.object === object.id)?.role;
  if (whole === null || role === undefined || !isNameless(object)) return objectWords(t, object);
  return t('say.partOf', { role: t(roleKey(role)), whole: objectWords(t, whole) });
}

/** What a thread waits for, in words; for a join the thread whose end it waits for. */
export function waitedForWords(t: Translate, machine: MachineState, object: ObjectId | null): string {
  const found = objectIn(machine, object);
  if (found !== null) return partWords(t, found, objectIn(machine, found.whole));
  const joined = object === null ? undefined : machine.threads.find((thread) => thread.object === object);
  // CPython's library keeps pipes of its own, which are in no view.
  const isPipe = machine.threads.some((thread) => thread.blocked?.object === object && isAtPipe(thread));
  return joined?.shortName ?? t(isPipe ? 'object.libraryPipe' : 'object.other');
}
