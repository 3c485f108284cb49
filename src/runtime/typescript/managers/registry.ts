import { ValueError } from '../errors.ts';
import type { Served } from './served.ts';
import { ServedDict } from './served-dict.ts';
import { ServedList } from './served-list.ts';
import { ServedEvent, ServedLock, ServedRLock, ServedSemaphore } from './served-locks.ts';
import { ServedQueue } from './served-queue.ts';
import { ServedNamespace, ServedValue } from './served-state.ts';

/** As `SyncManager.register`: what a manager can make, by type id. */
const TYPES: Readonly<Record<string, (...args: never[]) => Served>> = {
  dict: (content?: unknown) => new ServedDict(content),
  list: (content?: unknown) => new ServedList(content),
  Lock: () => new ServedLock(),
  RLock: () => new ServedRLock(),
  Semaphore: (count?: number) => new ServedSemaphore(count),
  BoundedSemaphore: (count?: number) => new ServedSemaphore(count, true),
  Event: () => new ServedEvent(),
  Queue: (maxsize?: number) => new ServedQueue(maxsize),
  Value: (_code: string, value: unknown) => new ServedValue(value),
  Namespace: (content?: Readonly<Record<string, unknown>>) => new ServedNamespace(content),
};

export function newServed(typeId: string, args: readonly unknown[]): Served {
  const make = Object.hasOwn(TYPES, typeId) ? TYPES[typeId] : undefined;
  if (make === undefined) throw new ValueError(`a manager has no type '${typeId}'`);
  return make(...(args as never[]));
}
