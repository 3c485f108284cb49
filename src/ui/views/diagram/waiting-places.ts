import { ObjectKind, type PartRole, PartRole as Role } from '../../../abi/objects.ts';
import { BlockReason } from '../../../abi/record.ts';
import type { Tid } from '../../../base/ids.ts';
import type { MachineState, ObjectView, PipeView, ThreadView } from '../../../replay/model.ts';
import { serverOf } from '../../texts/machine-words.ts';
import { pipeOf, topObjects, waitersAt, wholeOf } from '../objects/object-tree.ts';

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
  | 'pipe'
  | 'queue'
  | 'array'
  | 'pool'
  | 'manager'
  | 'result'
  | 'poll'
  | 'sleep'
  | 'io'
  | 'input'
  | 'join'
  | 'other';

/** One thing that threads can wait for, and who does: longest waiter first; of sleepers, who wakes first. */
export interface WaitingPlace {
  /** Unique, and the same as long as the place exists. */
  readonly key: string;
  readonly kind: PlaceKind;
  /** Null: the clock, or a thread. */
  readonly object: ObjectView | null;
  /** join: whose end is awaited. manager: its server. */
  readonly awaited: ThreadView | null;
  readonly waiters: readonly ThreadView[];
  /** queue, pipe: what lies in it, and who may write and read it. */
  readonly pipe: PipeAtPlace | null;
  /** What the parts are, at which they wait: the read lock of a queue. Its pipe is not named: that is the queue itself. */
  readonly roles: readonly PartRole[];
}

export interface PipeAtPlace {
  readonly view: PipeView;
  /** Short names of the processes, each once. */
  readonly writers: readonly string[];
  readonly readers: readonly string[];
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
      return 'pipe';
    case ObjectKind.QUEUE:
    case ObjectKind.JOINABLE_QUEUE:
    case ObjectKind.SIMPLE_QUEUE:
      return 'queue';
    case ObjectKind.ARRAY:
      return 'array';
    case ObjectKind.POOL:
      return 'pool';
    case ObjectKind.MANAGER:
    case ObjectKind.MANAGED:
      return 'manager';
    case ObjectKind.RESULT:
      return 'result';
    default:
      return 'other';
  }
}

/** Shown beside the regions: data, and what has room of its own only while somebody waits there. */
const SHELVED: ReadonlySet<ObjectKind> = new Set([
  ObjectKind.VALUE,
  ObjectKind.ARRAY,
  ObjectKind.POOL,
  ObjectKind.MANAGER,
]);
/** Shown only while somebody waits there: there may be very many, or they say nothing by themselves. */
const FLEETING: ReadonlySet<ObjectKind> = new Set([ObjectKind.RESULT, ObjectKind.MANAGED, ObjectKind.GLOBAL]);

/** Objects that are shown without waiters: shared variables, pools, managers. */
export function shelvedObjects(machine: MachineState): readonly ObjectView[] {
  const awaited = new Set(awaitedWholes(machine).values());
  return topObjects(machine).filter((object) => SHELVED.has(object.kind) && !awaited.has(object));
}

/** By thread: at which object it waits that stands for itself; a part is seen at its whole. */
function awaitedWholes(machine: MachineState): ReadonlyMap<Tid, ObjectView> {
  const objects = new Map(machine.objects.map((object) => [object.id as number, object]));
  const wholes = new Map<Tid, ObjectView>();
  for (const { tid, blocked } of machine.threads) {
    const object = objects.get(blocked?.object ?? 0);
    if (object !== undefined) wholes.set(tid, wholeOf(machine, object));
  }
  return wholes;
}

/** Every object that one can wait for, in order of creation, then what is no object: I/O, sleep, joins, the rest. */
export function waitingPlaces(machine: MachineState): readonly WaitingPlace[] {
  const wholes = awaitedWholes(machine);
  const waitedFor = new Set(wholes.values());
  const objects = machine.objects.filter(
    (object) =>
      waitedFor.has(object) || (object.whole === null && !SHELVED.has(object.kind) && !FLEETING.has(object.kind)),
  );
  const waiters = new Map<string, ThreadView[]>();
  for (const thread of machine.threads) {
    if (thread.blocked === null) continue;
    const whole = wholes.get(thread.tid);
    const key = whole === undefined ? keyOf(thread.blocked) : `object-${whole.id}`;
    const there = waiters.get(key);
    if (there === undefined) waiters.set(key, [thread]);
    else there.push(thread);
  }
  const places: WaitingPlace[] = objects.map((object) => {
    const key = `object-${object.id}`;
    const found = inOrder(waiters.get(key) ?? [], waitersAt(machine, object));
    waiters.delete(key);
    const kind = placeKindOf(object.kind);
    // A manager's pipes are as many as its clients: none of them says how it stands.
    const pipe = kind === 'manager' ? null : pipeAt(machine, object);
    const server = kind === 'manager' ? serverOf(machine, object) : null;
    return { key, kind, object, awaited: server, waiters: found, pipe, roles: rolesAt(machine, found, object) };
  });
  const rest = [...waiters].map(([key, threads]) => placeWithoutObject(machine, key, threads));
  rest.sort((a, b) => order(a.key) - order(b.key));
  return [...places, ...rest];
}

function pipeAt(machine: MachineState, object: ObjectView): PipeAtPlace | null {
  const view = pipeOf(machine, object);
  if (view === null) return null;
  const names = (pids: readonly number[]): readonly string[] =>
    [...new Set(pids)].flatMap((pid) => machine.threads.find((thread) => thread.pid === pid)?.shortName ?? []);
  return { view, writers: names(view.writers), readers: names(view.readers) };
}

function rolesAt(machine: MachineState, waiters: readonly ThreadView[], whole: ObjectView): readonly PartRole[] {
  const roles = waiters.flatMap(({ blocked }) => {
    const part = machine.objects.find(({ id }) => id === blocked?.object);
    const next = part === undefined ? undefined : machine.objects.find(({ id }) => id === part.whole);
    return part === undefined || part === whole
      ? []
      : (next?.parts.find(({ object }) => object === part.id)?.role ?? []);
  });
  return [...new Set(roles)].filter((role) => role !== Role.PIPE);
}

/** Of what is no object. */
function keyOf(blocked: NonNullable<ThreadView['blocked']>): string {
  switch (blocked.reason) {
    case BlockReason.IO:
      return 'io';
    case BlockReason.INPUT:
      return 'input';
    case BlockReason.SLEEP:
      return 'sleep';
    case BlockReason.JOIN:
      return `join-${blocked.object ?? 0}`;
    case BlockReason.POLL:
      return 'poll';
    default:
      return 'other';
  }
}

const REST = ['io', 'input', 'sleep', 'poll', 'other'];

function order(key: string): number {
  const rank = REST.indexOf(key);
  return rank >= 0 ? rank : REST.length + Number(key.slice('join-'.length));
}

function placeWithoutObject(machine: MachineState, key: string, threads: readonly ThreadView[]): WaitingPlace {
  const bare = { object: null, pipe: null, roles: [] };
  if (!key.startsWith('join-')) {
    return { ...bare, key, kind: key as PlaceKind, awaited: null, waiters: inOrder(threads, []) };
  }
  const object = Number(key.slice('join-'.length));
  const awaited = machine.threads.find((thread) => thread.object === object) ?? null;
  return { ...bare, key, kind: 'join', awaited, waiters: inOrder(threads, []) };
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
