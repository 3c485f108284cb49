import { ObjectKind } from './objects.ts';

/** How an object is called that the program has not named: this and its number among its kind. */
const KIND_NAMES: Readonly<Record<ObjectKind, string>> = {
  [ObjectKind.NONE]: 'object',
  [ObjectKind.PROCESS]: 'process',
  [ObjectKind.THREAD]: 'thread',
  [ObjectKind.LOCK]: 'lock',
  [ObjectKind.EVENT]: 'event',
  [ObjectKind.VALUE]: 'value',
  [ObjectKind.DEVICE]: 'device',
  [ObjectKind.RLOCK]: 'rlock',
  [ObjectKind.SEMAPHORE]: 'semaphore',
  [ObjectKind.BOUNDED_SEMAPHORE]: 'bounded semaphore',
  [ObjectKind.CONDITION]: 'condition',
  [ObjectKind.BARRIER]: 'barrier',
  [ObjectKind.PIPE]: 'pipe',
  [ObjectKind.QUEUE]: 'queue',
  [ObjectKind.POOL]: 'pool',
  [ObjectKind.JOINABLE_QUEUE]: 'joinable queue',
  [ObjectKind.SIMPLE_QUEUE]: 'simple queue',
  [ObjectKind.ARRAY]: 'array',
  [ObjectKind.GLOBAL]: 'global',
  [ObjectKind.MANAGER]: 'manager',
  [ObjectKind.MANAGED]: 'managed object',
  [ObjectKind.RESULT]: 'result',
};

/** `ordinal`: from 1, among the objects of this kind in the order in which they were made. */
export function namelessName(kind: number, ordinal: number): string {
  return `${KIND_NAMES[kind as ObjectKind] ?? KIND_NAMES[ObjectKind.NONE]} ${ordinal}`;
}
