import { ObjectKind } from '../abi/objects.ts';
import { Operation, Outcome } from '../abi/record.ts';
import { decode } from './decode.ts';
import type { LogStore } from './log-store.ts';
import type { LogEvent, ThreadStateName } from './model.ts';

export interface PlainThread {
  readonly tid: number;
  readonly state: ThreadStateName;
  readonly cpu: number | null;
  readonly line: number | null;
  readonly rank: number;
}

export interface PlainObject {
  readonly id: number;
  readonly holder: number | null;
  readonly flag: boolean | null;
  readonly value: number | null;
  readonly waiters: readonly number[];
}

export interface PlainState {
  readonly step: number;
  readonly tick: number;
  readonly ready: readonly number[];
  readonly threads: readonly PlainThread[];
  readonly objects: readonly PlainObject[];
}

/**
 * The machine after n records, told again in the plainest way: objects, lists, from the first record on. What `Replay`
 * says must be the same.
 */
export function plainReplay(log: LogStore, n: number): PlainState {
  const threads = new Map<number, { -readonly [K in keyof PlainThread]: PlainThread[K] }>();
  const objects = new Map<
    number,
    { id: number; kind: number; holder: number | null; value: number; waiters: number[] }
  >();
  let queue: number[] = [];
  let step = 0;
  let tick = 0;
  const leave = (tid: number): void => {
    queue = queue.filter((one) => one !== tid);
    for (const object of objects.values()) object.waiters = object.waiters.filter((one) => one !== tid);
  };
  const change = (event: LogEvent, state: ThreadStateName, more: Partial<PlainThread> = {}): void => {
    const tid = event.tid ?? 0;
    leave(tid);
    if (state === 'Ready') queue.push(tid);
    const before = threads.get(tid) ?? { tid, line: null, rank: 0 };
    threads.set(tid, { ...before, state, cpu: null, ...more });
  };
  for (let record = 0; record < n; record += 1) {
    const event = decode(log, { pidOf: () => null }, record);
    tick = Math.max(tick, event.tick);
    const object = 'object' in event && event.object !== null ? objects.get(event.object) : undefined;
    switch (event.kind) {
      case 'created':
        change(event, 'New');
        break;
      case 'ready':
      case 'preempted':
        change(event, 'Ready', { rank: event.rank });
        break;
      case 'dispatched':
        change(event, 'Running', { cpu: event.cpu, rank: event.rank });
        break;
      case 'blocked':
        change(event, 'Blocked', { line: event.line });
        object?.waiters.push(event.tid ?? 0);
        break;
      case 'terminated':
        change(event, 'Terminated');
        break;
      case 'line': {
        step += 1;
        const thread = threads.get(event.tid ?? 0);
        if (thread !== undefined) thread.line = event.line;
        break;
      }
      case 'object':
        objects.set(event.object, {
          id: event.object,
          kind: event.objectKind,
          holder: null,
          value: event.value,
          waiters: [],
        });
        break;
      case 'load':
      case 'store':
        if (object !== undefined && typeof event.value === 'number') object.value = event.value;
        break;
      case 'done':
        if (object === undefined || event.outcome !== Outcome.OK) break;
        if (event.operation === Operation.ACQUIRE) object.holder = event.tid;
        if (event.operation === Operation.RELEASE) object.holder = null;
        if (event.operation === Operation.SET) object.value = 1;
        if (event.operation === Operation.CLEAR) object.value = 0;
        break;
      case 'boost':
        for (const thread of threads.values()) thread.rank = 0;
        break;
      default:
    }
  }
  const rank = (tid: number): number => threads.get(tid)?.rank ?? 0;
  return {
    step,
    tick,
    ready: queue.toSorted((one, other) => rank(one) - rank(other)),
    threads: [...threads.values()].toSorted((one, other) => one.tid - other.tid),
    objects: [...objects.values()]
      .toSorted((one, other) => one.id - other.id)
      .map(({ id, kind, holder, value, waiters }) => ({
        id,
        holder,
        flag: kind === ObjectKind.EVENT ? value !== 0 : null,
        value: kind === ObjectKind.VALUE ? value : null,
        waiters,
      })),
  };
}
