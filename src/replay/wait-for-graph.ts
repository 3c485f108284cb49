import type { ObjectId, Tid } from '../base/ids.ts';
import { BlockReason, RunEnd } from '../abi/record.ts';
import type { MachineState, ObjectView, ThreadView } from './model.ts';
import { isAtPipe, otherEnds, pipePartners, threadsThatCanGoOn } from './pipe-ends.ts';

/**
 * `waits-for`: a thread waits for an object. `held-by`: an object is held by a thread. `served-by`: a pipe has its other end
 * in the hands of one thread that could use it, and of no other. `kept-by`: the other end of a pipe is open only in processes
 * whose threads wait for that very pipe, and this is one of them. `joins`: a thread waits for a thread's end.
 */
export type WaitEdge =
  | { readonly kind: 'waits-for'; readonly thread: Tid; readonly object: ObjectId }
  | { readonly kind: 'held-by'; readonly object: ObjectId; readonly thread: Tid }
  | { readonly kind: 'served-by'; readonly object: ObjectId; readonly thread: Tid }
  | { readonly kind: 'kept-by'; readonly object: ObjectId; readonly thread: Tid }
  | { readonly kind: 'joins'; readonly thread: Tid; readonly target: Tid };

/** Threads that wait for each other: each for the next, the last for the first. `objects[i]`: what thread i waits for. */
export interface WaitCycle {
  readonly threads: readonly Tid[];
  readonly objects: readonly ObjectId[];
}

/** A thread whose wake-up cannot come, or not any more. */
export interface MissingWaker {
  readonly thread: Tid;
  readonly reason: BlockReason;
  readonly object: ObjectId | null;
  /**
   * `holder-terminated`: the lock's holder ended without releasing it, and nobody is left who could. `holder-none`: the
   * lock is free, but nobody wakes its waiter. `nobody-left`: nobody who could act on the object can run.
   */
  readonly why: 'holder-terminated' | 'holder-none' | 'nobody-left';
  /** Who held it. */
  readonly holder: Tid | null;
}

export interface WaitForGraph {
  /** Threads that wait or hold, in order of tid. */
  readonly threads: readonly Tid[];
  /** Objects that are waited for or held, in order of id. */
  readonly objects: readonly ObjectId[];
  readonly edges: readonly WaitEdge[];
  readonly cycles: readonly WaitCycle[];
  readonly missing: readonly MissingWaker[];
  /** The kernel has said so: nobody can run, no timer is pending, somebody is Blocked. */
  readonly stuck: boolean;
}

/** Who waits for whom. A thread waits for one object, and a lock has one holder, so every thread has one way on. */
export function waitForGraph(state: MachineState): WaitForGraph {
  const view = new GraphView(state);
  const cycles = findCycles(view);
  const stuck = state.end?.kind === RunEnd.DEADLOCK;
  const edges = edgesOf(view);
  const threads = new Set<Tid>();
  const objects = new Set<ObjectId>();
  for (const edge of edges) {
    threads.add(edge.thread);
    if (edge.kind === 'joins') threads.add(edge.target);
    else objects.add(edge.object);
  }
  return {
    threads: [...threads].toSorted((one, other) => one - other),
    objects: [...objects].toSorted((one, other) => one - other),
    edges,
    cycles,
    missing: missingWakers(view, cycles, stuck),
    stuck,
  };
}

class GraphView {
  readonly state: MachineState;
  readonly byTid: ReadonlyMap<Tid, ThreadView>;
  readonly #objects: ReadonlyMap<ObjectId, ObjectView>;
  readonly #byOwnObject: ReadonlyMap<ObjectId, ThreadView>;

  constructor(state: MachineState) {
    this.state = state;
    this.byTid = new Map(state.threads.map((thread) => [thread.tid, thread]));
    this.#objects = new Map(state.objects.map((object) => [object.id, object]));
    this.#byOwnObject = new Map(state.threads.map((thread) => [thread.object, thread]));
  }

  object(id: ObjectId | null): ObjectView | null {
    return id === null ? null : (this.#objects.get(id) ?? null);
  }

  /** The thread that a join waits for. */
  joined(thread: ThreadView): ThreadView | null {
    const { blocked } = thread;
    if (blocked === null || blocked.reason !== BlockReason.JOIN || blocked.object === null) return null;
    return this.#byOwnObject.get(blocked.object) ?? null;
  }

  /** It waits for something of a thread, not for its end: what CPython has for itself, and who ends such a wait is not known. */
  waitsInside({ blocked }: ThreadView): boolean {
    const object = blocked?.object ?? null;
    return object !== null && blocked?.reason !== BlockReason.JOIN && this.#byOwnObject.has(object);
  }

  /** Whom this thread waits for, if it is one thread. */
  next(thread: ThreadView): Tid | null {
    const joined = this.joined(thread);
    if (joined !== null) return joined.tid;
    const object = this.object(thread.blocked?.object ?? null);
    return object === null ? null : (object.holder ?? this.server(thread, object));
  }

  /** The one thread that has the other end of a pipe. */
  server(thread: ThreadView, object: ObjectView): Tid | null {
    if (object.pipe === null || !isAtPipe(thread)) return null;
    const [partner, other] = pipePartners(this.state, thread, object);
    return other === undefined ? (partner?.tid ?? null) : null;
  }

  /** Whether it waits at a pipe for what none but itself, and those who wait there as well, could bring about. */
  keepsItsOwn(thread: ThreadView, object: ObjectView): boolean {
    if (object.pipe === null || !isAtPipe(thread) || !otherEnds(thread, object).includes(thread.pid)) return false;
    return pipePartners(this.state, thread, object).length === 0;
  }
}

function edgesOf(view: GraphView): WaitEdge[] {
  const edges: WaitEdge[] = [];
  for (const thread of view.state.threads) {
    const object = thread.blocked?.object ?? null;
    if (object === null || view.waitsInside(thread)) continue;
    const joined = view.joined(thread);
    if (joined !== null) {
      edges.push({ kind: 'joins', thread: thread.tid, target: joined.tid });
      continue;
    }
    edges.push({ kind: 'waits-for', thread: thread.tid, object });
    const awaited = view.object(object);
    const server = awaited === null ? null : view.server(thread, awaited);
    if (server === null) {
      if (awaited !== null && view.keepsItsOwn(thread, awaited)) {
        edges.push({ kind: 'kept-by', object, thread: thread.tid });
      }
      continue;
    }
    const known = edges.some((edge) => edge.kind === 'served-by' && edge.object === object && edge.thread === server);
    if (!known) edges.push({ kind: 'served-by', object, thread: server });
  }
  for (const object of view.state.objects) {
    if (object.holder !== null) edges.push({ kind: 'held-by', object: object.id, thread: object.holder });
  }
  return edges;
}

/** Each cycle once, beginning with its smallest tid. */
function findCycles(view: GraphView): WaitCycle[] {
  const cycles: WaitCycle[] = [];
  const done = new Set<Tid>();
  for (const start of view.state.threads) {
    const path: Tid[] = [];
    let thread: ThreadView | undefined = start;
    while (thread !== undefined && thread.blocked !== null && !done.has(thread.tid)) {
      done.add(thread.tid);
      path.push(thread.tid);
      const next = view.next(thread);
      const back = next === null ? -1 : path.indexOf(next);
      if (back >= 0) cycles.push(cycleOf(view, path.slice(back)));
      thread = next === null ? undefined : view.byTid.get(next);
    }
  }
  return cycles;
}

function cycleOf(view: GraphView, threads: readonly Tid[]): WaitCycle {
  const first = threads.indexOf(Math.min(...threads) as Tid);
  const turned = [...threads.slice(first), ...threads.slice(0, first)];
  const objects = turned.flatMap((tid) => view.byTid.get(tid)?.blocked?.object ?? []);
  return { threads: turned, objects };
}

/**
 * The ends of the chains of waiting that do not end in a cycle: there the wake-up is missing. As long as anybody runs, he
 * could set an event, or release a lock whose holder has ended; so that is certain only when the whole machine is stuck.
 * A pipe is certain earlier: only who has its other end can do anything about it.
 */
function missingWakers(view: GraphView, cycles: readonly WaitCycle[], stuck: boolean): MissingWaker[] {
  const live = view.state.threads.some(isAtPipe) ? threadsThatCanGoOn(view.state) : null;
  const inCycle = new Set(cycles.flatMap((cycle) => cycle.threads));
  const missing: MissingWaker[] = [];
  for (const thread of view.state.threads) {
    const { blocked, tid } = thread;
    if (blocked === null || blocked.until !== null || inCycle.has(tid)) continue;
    const next = view.next(thread);
    const waitsForEnd = view.joined(thread) !== null;
    const said = { thread: tid, reason: blocked.reason, object: blocked.object, holder: next };
    if (live !== null && isAtPipe(thread) && !live.has(tid)) {
      missing.push({ ...said, why: 'nobody-left', holder: null });
      continue;
    }
    if (next !== null) {
      const ended = view.byTid.get(next)?.state === 'Terminated';
      if (stuck && ended && !waitsForEnd) missing.push({ ...said, why: 'holder-terminated' });
      continue;
    }
    if (stuck) missing.push({ ...said, why: blocked.reason === BlockReason.LOCK ? 'holder-none' : 'nobody-left' });
  }
  return missing;
}
