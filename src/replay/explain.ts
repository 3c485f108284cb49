import type { ObjectId, Pid, Tid } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { PartRole } from '../abi/objects.ts';
import { BlockReason } from '../abi/record.ts';
import type { EndCause, PreemptCause, ReadyCause } from '../abi/record.ts';
import { peek } from '../abi/words.ts';
import { Thread, THREAD_SHIFT } from './fold-state.ts';
import type { MachineState, ObjectView, ThreadView } from './model.ts';
import { otherEnds, pipePartners, threadsThatCanGoOn } from './pipe-ends.ts';
import type { Replay } from './replay.ts';
import { waitForGraph, type MissingWaker, type WaitCycle } from './wait-for-graph.ts';

/** A place in a queue. */
export interface Place {
  /** From 1. */
  readonly place: number;
  readonly of: number;
  /** Who comes first, next one first. */
  readonly ahead: readonly Tid[];
}

/** What a Blocked thread waits for. */
export type BlockedOn =
  /** Wakes by itself at `until`, the tick for which it becomes Ready. */
  | { readonly kind: 'sleep'; readonly until: Ticks | null }
  | { readonly kind: 'io'; readonly object: ObjectId | null; readonly until: Ticks | null }
  | {
      readonly kind: 'lock';
      readonly object: ObjectId | null;
      /** Null: it is free again, and this thread's turn comes. */
      readonly holder: Tid | null;
      readonly holderState: ThreadView['state'] | null;
      /** How often the holder has taken it, and must release it; null: it can be taken only once. */
      readonly depth: number | null;
      readonly queue: Place;
      readonly until: Ticks | null;
    }
  | {
      readonly kind: 'event';
      readonly object: ObjectId | null;
      readonly queue: Place;
      /** Who could still set it: threads that can run, or will. */
      readonly wakers: readonly Tid[];
      readonly until: Ticks | null;
    }
  | {
      readonly kind: 'semaphore';
      readonly object: ObjectId | null;
      readonly counter: number;
      readonly queue: Place;
      /** Who could still release it: threads that can run, or will. */
      readonly wakers: readonly Tid[];
      readonly until: Ticks | null;
    }
  | {
      readonly kind: 'condition';
      readonly object: ObjectId | null;
      /** What it must take again before it goes on. */
      readonly lock: ObjectId | null;
      readonly queue: Place;
      /** Who could still notify: threads that can run, or will. */
      readonly wakers: readonly Tid[];
      readonly until: Ticks | null;
    }
  | {
      readonly kind: 'barrier';
      readonly object: ObjectId | null;
      readonly arrived: number;
      readonly parties: number;
      /** Who could still arrive: threads that can run, or will. */
      readonly wakers: readonly Tid[];
      readonly until: Ticks | null;
    }
  | {
      readonly kind: 'pipe';
      readonly object: ObjectId | null;
      /** `empty`: it wants to read. `full`: it wants to write. */
      readonly is: 'empty' | 'full';
      /** Processes that hold the other end open, its own perhaps among them. */
      readonly ends: readonly Pid[];
      readonly queue: Place;
      /** Who could still use or close that end. */
      readonly wakers: readonly Tid[];
      readonly until: Ticks | null;
    }
  /** result: of a task that a pool has. poll: several things at once. */
  | {
      readonly kind: 'result' | 'poll';
      readonly object: ObjectId | null;
      readonly wakers: readonly Tid[];
      readonly until: Ticks | null;
    }
  /** A line that somebody types. */
  | { readonly kind: 'input'; readonly until: Ticks | null }
  /** Waits for the end of a thread; of a process: of its main thread. */
  | {
      readonly kind: 'join';
      readonly target: Tid | null;
      readonly targetState: ThreadView['state'] | null;
      readonly until: Ticks | null;
    }
  | {
      readonly kind: 'other';
      readonly object: ObjectId | null;
      readonly queue: Place;
      readonly wakers: readonly Tid[];
      readonly until: Ticks | null;
    };

/** Why a thread is in the state it is in, without words of any language. */
export type Explanation = { readonly tid: Tid; readonly since: Ticks; readonly line: number | null } & (
  | { readonly state: 'New'; readonly parent: Tid | null }
  | {
      readonly state: 'Ready';
      readonly cause:
        | { readonly kind: 'became-ready'; readonly cause: ReadyCause }
        | { readonly kind: 'preempted'; readonly cause: PreemptCause };
      /** Who woke it, created it or took its CPU. */
      readonly by: Tid | null;
      readonly queue: Place;
      /** Who has the CPUs. */
      readonly running: readonly Tid[];
      /** Who holds the interpreter lock that it needs; null: nobody, or it needs none. */
      readonly interpreter: Tid | null;
    }
  | {
      readonly state: 'Running';
      readonly cpu: number | null;
      /** Null: it may go on as long as it likes. `began` null: not known, since it is renewed without a record. */
      readonly quantum: { readonly ticks: Ticks; readonly began: Ticks | null } | null;
    }
  | {
      readonly state: 'Blocked';
      readonly on: BlockedOn;
      /** What the object is a part of, and as what: the read lock of a queue. */
      readonly within: { readonly whole: ObjectId; readonly role: PartRole } | null;
      /** Already chosen to go on: it is Ready at the start of the next tick. `by` null: by an input, from outside. */
      readonly woken: { readonly by: Tid | null } | null;
      /** It is part of this circle of waiting. */
      readonly cycle: WaitCycle | null;
      /** Nobody can wake it any more. */
      readonly missing: MissingWaker | null;
    }
  | { readonly state: 'Terminated'; readonly cause: EndCause; readonly code: number; readonly message: string }
);

/**
 * Why is this thread in this state after the first `record` records? Null when it does not exist then. `interpreters`: the threads of
 * each process share one, and whoever of them runs holds its lock (Python engine).
 */
export function explain(replay: Replay, record: number, tid: Tid, interpreters = false): Explanation | null {
  const state = replay.at(record);
  const thread = state.threads.find((one) => one.tid === tid);
  if (thread === undefined) return null;
  const about = { tid, since: thread.since, line: thread.line };
  switch (thread.state) {
    case 'New':
      return { ...about, state: 'New', parent: thread.parent };
    case 'Ready':
      return { ...about, ...explainReady(state, thread, interpreters) };
    case 'Running':
      return { ...about, state: 'Running', cpu: thread.cpu, quantum: quantumOf(replay, state, tid) };
    case 'Blocked':
      return { ...about, ...explainBlocked(replay, state, thread) };
    case 'Terminated': {
      const { end } = thread;
      return end === null ? null : { ...about, state: 'Terminated', ...end };
    }
  }
}

type Of<State extends Explanation['state']> = Omit<Extract<Explanation, { state: State }>, 'tid' | 'since' | 'line'>;

function explainReady(state: MachineState, thread: ThreadView, interpreters: boolean): Of<'Ready'> {
  const cause = thread.ready?.cause;
  return {
    state: 'Ready',
    cause:
      thread.ready?.preempted === true
        ? { kind: 'preempted', cause: cause as PreemptCause }
        : { kind: 'became-ready', cause: cause as ReadyCause },
    by: thread.ready?.by ?? null,
    queue: placeIn(state.ready, thread.tid),
    running: state.cpus.filter((tid) => tid !== null),
    interpreter: interpreters ? runningIn(state, thread.pid) : null,
  };
}

function runningIn({ threads }: MachineState, pid: Pid): Tid | null {
  return threads.find((thread) => thread.pid === pid && thread.state === 'Running')?.tid ?? null;
}

/** A thread whose quantum is over and whom nobody replaces goes on with a new one. */
function quantumOf(replay: Replay, { record, tick }: MachineState, tid: Tid): Of<'Running'>['quantum'] {
  const words = replay.seek(record).threads.words;
  const row = tid << THREAD_SHIFT;
  const ticks = peek(words, row + Thread.QUANTUM);
  const began = peek(words, row + Thread.QUANTUM_BEGAN);
  return ticks > 0 ? { ticks, began: tick - began < ticks ? began : null } : null;
}

function explainBlocked(replay: Replay, state: MachineState, thread: ThreadView): Of<'Blocked'> {
  const { tid } = thread;
  const graph = waitForGraph(state);
  const woken = peek(replay.seek(state.record).threads.words, (tid << THREAD_SHIFT) + Thread.WOKEN);
  return {
    state: 'Blocked',
    on: blockedOn(state, thread),
    within: withinOf(state, thread.blocked?.object ?? null),
    woken: woken === 0 ? null : { by: woken === 1 ? null : ((woken - 1) as Tid) },
    cycle: graph.cycles.find((cycle) => cycle.threads.includes(tid)) ?? null,
    missing: woken === 0 ? (graph.missing.find((one) => one.thread === tid) ?? null) : null,
  };
}

function blockedOn(state: MachineState, thread: ThreadView): BlockedOn {
  const object = thread.blocked?.object ?? null;
  const until = thread.blocked?.until ?? null;
  const found = state.objects.find((one) => one.id === object);
  const queue = queueAt(found, thread);
  const stateOf = (tid: Tid | null): ThreadView['state'] | null =>
    state.threads.find((one) => one.tid === tid)?.state ?? null;
  switch (thread.blocked?.reason) {
    case BlockReason.SLEEP:
      return { kind: 'sleep', until };
    case BlockReason.IO:
      return { kind: 'io', object, until };
    case BlockReason.LOCK: {
      const holder = found?.holder ?? null;
      return { kind: 'lock', object, holder, holderState: stateOf(holder), depth: found?.depth ?? null, queue, until };
    }
    case BlockReason.EVENT:
      return { kind: 'event', object, queue, wakers: wakersBut(state, thread.tid), until };
    case BlockReason.SEMAPHORE: {
      const wakers = wakersBut(state, thread.tid);
      return { kind: 'semaphore', object, counter: found?.value ?? 0, queue, wakers, until };
    }
    case BlockReason.CONDITION: {
      const wakers = wakersBut(state, thread.tid);
      return { kind: 'condition', object, lock: found?.lock ?? null, queue, wakers, until };
    }
    case BlockReason.BARRIER: {
      const wakers = wakersBut(state, thread.tid);
      return { kind: 'barrier', object, arrived: found?.value ?? 0, parties: found?.limit ?? 0, wakers, until };
    }
    case BlockReason.PIPE_EMPTY:
    case BlockReason.PIPE_FULL:
      return { kind: 'pipe', object, ...atPipe(state, thread, found), queue, until };
    case BlockReason.INPUT:
      return { kind: 'input', until };
    case BlockReason.RESULT:
      return { kind: 'result', object, wakers: handlersFor(state, thread), until };
    case BlockReason.POLL:
      return { kind: 'poll', object, wakers: wakersBut(state, thread.tid), until };
    case BlockReason.JOIN: {
      const target = state.threads.find((one) => one.object === object);
      return { kind: 'join', target: target?.tid ?? null, targetState: target?.state ?? null, until };
    }
    default:
      return { kind: 'other', object, queue, wakers: wakersBut(state, thread.tid), until };
  }
}

type AtPipe = Pick<Extract<BlockedOn, { kind: 'pipe' }>, 'is' | 'ends' | 'wakers'>;

function atPipe(state: MachineState, thread: ThreadView, pipe: ObjectView | undefined): AtPipe {
  const is = thread.blocked?.reason === BlockReason.PIPE_FULL ? 'full' : 'empty';
  if (pipe === undefined) return { is, ends: [], wakers: [] };
  const live = threadsThatCanGoOn(state, thread.tid);
  const wakers = pipePartners(state, thread, pipe).filter(({ tid }) => live.has(tid));
  return { is, ends: otherEnds(thread, pipe), wakers: wakers.map(({ tid }) => tid) };
}

function withinOf(state: MachineState, object: ObjectId | null): Of<'Blocked'>['within'] {
  const whole = state.objects.find(({ id }) => id === object)?.whole ?? null;
  const parts = state.objects.find(({ id }) => id === whole)?.parts;
  const role = parts?.find((part) => part.object === object)?.role;
  return whole === null || role === undefined ? null : { whole, role };
}

function queueAt(object: ObjectView | undefined, thread: ThreadView): Place {
  return placeIn(object?.waiters ?? [thread.tid], thread.tid);
}

function placeIn(queue: readonly Tid[], tid: Tid): Place {
  const index = queue.indexOf(tid);
  return { place: index + 1, of: queue.length, ahead: queue.slice(0, Math.max(0, index)) };
}

/** A result is brought by the thread that its pool keeps for that, in the process that waits. */
function handlersFor(state: MachineState, { tid, pid }: ThreadView): Tid[] {
  const rows = new Set(
    state.objects.flatMap(({ parts }) =>
      parts.filter(({ role }) => role === PartRole.HANDLER).map((part) => part.object),
    ),
  );
  const handlers = state.threads.filter((one) => one.pid === pid && one.state !== 'Terminated' && rows.has(one.object));
  return handlers.length > 0 ? handlers.map((one) => one.tid) : wakersBut(state, tid);
}

/** Who can still act: everybody who runs, will run, or wakes by a timer. */
function wakersBut(state: MachineState, tid: Tid): Tid[] {
  return state.threads
    .filter((one) => one.tid !== tid && one.state !== 'Terminated')
    .filter(({ blocked }) => blocked === null || blocked.until !== null || blocked.reason === BlockReason.INPUT)
    .map((one) => one.tid);
}
