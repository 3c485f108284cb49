import { ObjectKind } from '../abi/objects.ts';
import { peek } from '../abi/words.ts';
import { OBJECT_SHIFT, Row } from './fold-state.ts';
import type { LogStore } from './log-store.ts';

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
  [ObjectKind.BOUNDED_SEMAPHORE]: 'semaphore',
  [ObjectKind.CONDITION]: 'condition',
  [ObjectKind.BARRIER]: 'barrier',
  [ObjectKind.PIPE]: 'pipe',
  [ObjectKind.QUEUE]: 'queue',
  [ObjectKind.POOL]: 'pool',
  [ObjectKind.JOINABLE_QUEUE]: 'queue',
  [ObjectKind.SIMPLE_QUEUE]: 'queue',
  [ObjectKind.ARRAY]: 'array',
  [ObjectKind.GLOBAL]: 'global',
  [ObjectKind.MANAGER]: 'manager',
  [ObjectKind.MANAGED]: 'managed',
  [ObjectKind.RESULT]: 'result',
};

/** As in the program, else kind and number among its kind (`lock 2`). `words`: the objects of a fold state. */
export function objectName(log: LogStore, words: Int32Array, object: number): string {
  const row = object << OBJECT_SHIFT;
  const name = log.text(peek(words, row + Row.NAME));
  if (name !== '') return name;
  const kind = KIND_NAMES[peek(words, row + Row.KIND) as ObjectKind] ?? KIND_NAMES[ObjectKind.NONE];
  return `${kind} ${peek(words, row + Row.ORDINAL)}`;
}
