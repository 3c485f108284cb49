import { ObjectKind } from '../../../abi/objects.ts';
import { BlockReason } from '../../../abi/record.ts';
import type { Tid } from '../../../base/ids.ts';
import type { MachineState, ObjectView, ThreadView } from '../../../replay/model.ts';

/** Decides icon and words; several kinds of objects may share one. */
export type PlaceKind =
  | 'lock'
  | 'rlock'
  | 'event'
  | 'condition'
  | 'value'
  | 'device'
  | 'counter'
  | 'barrier'
  | 'channel'
  | 'pool'
  | 'sleep'
  | 'io'
  | 'join'
  | 'other';

/** One thing that threads can wait for, and who does: longest waiter first; of sleepers, who wakes first. */
export interface WaitingPlace {
  /** Unique, and the same as long as the place exists. */
  readonly key: string;
  readonly kind: PlaceKind;
  /** Null: the clock, or a thread. */
  readonly object: ObjectView | null;
  /** join: whose end is awaited. */
  readonly awaited: ThreadView | null;
  readonly waiters: readonly ThreadView[];
}

/** What a compartment of this kind of object looks like. */
export function placeKindOf(kind: ObjectKind): PlaceKind {
  switch (kind) {
    case ObjectKind.LOCK:
      return 'lock';
    case ObjectKind.RLOCK:
      return 'rlock';
    case ObjectKind.EVENT:
      return 'event';
    case ObjectKind.CONDITION:
      return 'condition';
    case ObjectKind.VALUE:
      return 'value';
    case ObjectKind.DEVICE:
      return 'device';
    case ObjectKind.SEMAPHORE:
    case ObjectKind.BOUNDED_SEMAPHORE:
      return 'counter';
    case ObjectKind.BARRIER:
      return 'barrier';
    case ObjectKind.PIPE:
    case ObjectKind.QUEUE:
      return 'channel';
    case ObjectKind.POOL:
      return 'pool';
    default:
      return 'other';
  }
}

/** Nobody ever waits for these; they are shown beside the regions. */
function isShelved(object: ObjectView): boolean {
  return object.kind === ObjectKind.VALUE || object.kind === ObjectKind.POOL;
}

/** Objects that are shown without waiters: shared variables and pools. */
export function shelvedObjects(machine: MachineState): readonly ObjectView[] {
  return machine.objects.filter(isShelved);
}

/** Every object that one can wait for, in order of creation, then what is no object: I/O, sleep, joins, the rest. */
export function waitingPlaces(machine: MachineState): readonly WaitingPlace[] {
  const objects = machine.objects.filter((object) => !isShelved(object));
  const known = new Map(objects.map((object) => [object.id as number, object]));
  const waiters = new Map<string, ThreadView[]>();
  for (const thread of machine.threads) {
    if (thread.blocked === null) continue;
    const key = keyOf(thread.blocked, known);
    const there = waiters.get(key);
    if (there === undefined) waiters.set(key, [thread]);
    else there.push(thread);
  }
  const places: WaitingPlace[] = objects.map((object) => {
    const key = `object-${object.id}`;
    const found = inOrder(waiters.get(key) ?? [], object.waiters);
    waiters.delete(key);
    return { key, kind: placeKindOf(object.kind), object, awaited: null, waiters: found };
  });
  const rest = [...waiters].map(([key, threads]) => placeWithoutObject(machine, key, threads));
  rest.sort((a, b) => order(a.key) - order(b.key));
  return [...places, ...rest];
}

function keyOf(blocked: NonNullable<ThreadView['blocked']>, known: ReadonlyMap<number, ObjectView>): string {
  if (blocked.object !== null && known.has(blocked.object)) return `object-${blocked.object}`;
  switch (blocked.reason) {
    case BlockReason.IO:
      return 'io';
    case BlockReason.SLEEP:
      return 'sleep';
    case BlockReason.JOIN:
      return `join-${blocked.object ?? 0}`;
    default:
      return 'other';
  }
}

const REST = ['io', 'sleep', 'other'];

function order(key: string): number {
  const rank = REST.indexOf(key);
  return rank >= 0 ? rank : REST.length + Number(key.slice('join-'.length));
}

function placeWithoutObject(machine: MachineState, key: string, threads: readonly ThreadView[]): WaitingPlace {
  if (!key.startsWith('join-')) {
    return { key, kind: key as PlaceKind, object: null, awaited: null, waiters: inOrder(threads, []) };
  }
  const object = Number(key.slice('join-'.length));
  const awaited = machine.threads.find((thread) => thread.object === object) ?? null;
  return { key, kind: 'join', object: null, awaited, waiters: inOrder(threads, []) };
}

const due = (thread: ThreadView): number => thread.blocked?.until ?? Number.MAX_SAFE_INTEGER;

/** In the order of the object's queue; without one, who is due first, then who has waited longest. */
function inOrder(threads: readonly ThreadView[], queue: readonly Tid[]): readonly ThreadView[] {
  const rank = new Map(queue.map((tid, index) => [tid, index]));
  return threads.toSorted(
    (a, b) =>
      (rank.get(a.tid) ?? queue.length) - (rank.get(b.tid) ?? queue.length) ||
      (queue.length > 0 ? 0 : due(a) - due(b)) ||
      a.since - b.since ||
      a.tid - b.tid,
  );
}
