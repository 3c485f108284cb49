import { asObjectId, asPid, asTid, type ObjectId, type Tid } from '../base/ids.ts';
import { ObjectKind } from '../abi/objects.ts';
import type { BlockReason, EndCause, PreemptCause, ReadyCause, RunEnd } from '../abi/record.ts';
import type { ThreadKind } from '../abi/slot.ts';
import { joinDouble, peek } from '../abi/words.ts';
import { OBJECT_ROW_WORDS, OBJECT_SHIFT, Row, Run, Thread, THREAD_SHIFT, THREAD_WORDS } from './fold-state.ts';
import type { FoldState } from './fold-state.ts';
import type { LogStore } from './log-store.ts';
import type { MachineState, ObjectView, ThreadView } from './model.ts';
import type { ObjectHistory } from './object-history.ts';
import { objectName } from './object-name.ts';
import type { ThreadNames } from './thread-names.ts';
import { stateName, ThreadState } from './thread-state.ts';

const NOBODY: readonly Tid[] = [];

const tidOrNull = (tid: number): Tid | null => (tid > 0 ? asTid(tid) : null);
const objectOrNull = (object: number): ObjectId | null => (object > 0 ? asObjectId(object) : null);

/**
 * Makes what the views show out of a fold state. A thread or object that is as it was the last time keeps its view
 * object, so views can compare by identity and redraw only what changed.
 */
export class MachineViewer {
  readonly #log: LogStore;
  readonly #names: ThreadNames;
  /** By tid, by object: the last view, and the row it was made of. */
  readonly #threads: (ThreadView | undefined)[] = [];
  readonly #objects: (ObjectView | undefined)[] = [];
  readonly #history: ObjectHistory;
  readonly #objectEvents: number[] = [];
  #threadRows = new Int32Array(0);
  #objectRows = new Int32Array(0);

  constructor(log: LogStore, names: ThreadNames, history: ObjectHistory) {
    this.#log = log;
    this.#names = names;
    this.#history = history;
  }

  clear(): void {
    this.#threads.length = 0;
    this.#objects.length = 0;
    this.#objectEvents.length = 0;
  }

  view(state: FoldState, cpuCount: number): MachineState {
    const { run } = state;
    const words = state.threads.words;
    const tids = peek(run, Run.TIDS);
    this.#reserve(tids, peek(run, Run.OBJECTS));
    const threads: ThreadView[] = [];
    const ready: Tid[] = [];
    const blocked: Tid[] = [];
    for (let tid = 1; tid <= tids; tid += 1) {
      const row = tid << THREAD_SHIFT;
      const code = peek(words, row + Thread.STATE);
      if (code === ThreadState.NONE) continue;
      threads.push(this.#thread(words, tid));
      if (code === ThreadState.READY) ready.push(asTid(tid));
      else if (code === ThreadState.BLOCKED && peek(words, row + Thread.OBJECT) > 0) blocked.push(asTid(tid));
    }
    const entered = (tid: Tid): number => peek(words, (tid << THREAD_SHIFT) + Thread.ENTERED);
    const rank = (tid: Tid): number => peek(words, (tid << THREAD_SHIFT) + Thread.RANK);
    ready.sort((one, other) => rank(one) - rank(other) || entered(one) - entered(other));
    blocked.sort((one, other) => entered(one) - entered(other));
    const end = peek(run, Run.END);
    return {
      record: state.record,
      live: this.#log.live,
      tick: peek(run, Run.TICK),
      step: peek(run, Run.STEPS),
      stepBegan: peek(run, Run.STEP_RECORD) - 1,
      threads,
      ready,
      cpus: cpusOf(run, cpuCount),
      objects: this.#objectsOf(state, waitersByObject(words, blocked)),
      end: end === 0 ? null : { kind: end as RunEnd, message: this.#log.text(peek(run, Run.END_MESSAGE)) },
    };
  }

  #thread(words: Int32Array, tid: number): ThreadView {
    const row = tid << THREAD_SHIFT;
    const last = this.#threads[tid];
    if (last !== undefined && sameRow(words, this.#threadRows, row, THREAD_WORDS)) return last;
    const view = this.#makeThread(words, row, tid);
    this.#threads[tid] = view;
    this.#threadRows.set(words.subarray(row, row + THREAD_WORDS), row);
    return view;
  }

  #makeThread(words: Int32Array, row: number, tid: number): ThreadView {
    const code = peek(words, row + Thread.STATE);
    const cause = peek(words, row + Thread.CAUSE);
    const detail = peek(words, row + Thread.DETAIL);
    const line = peek(words, row + Thread.LINE);
    const cpu = peek(words, row + Thread.CPU);
    return {
      tid: asTid(tid),
      pid: asPid(peek(words, row + Thread.PID)),
      name: this.#log.text(peek(words, row + Thread.NAME)),
      shortName: this.#names.shortName(tid),
      kind: peek(words, row + Thread.KIND) as ThreadKind,
      parent: tidOrNull(peek(words, row + Thread.PARENT)),
      object: asObjectId(peek(words, row + Thread.SELF)),
      state: stateName(code),
      since: peek(words, row + Thread.SINCE),
      cpu: code === ThreadState.RUNNING && cpu > 0 ? cpu - 1 : null,
      line: line > 0 ? line : null,
      blocked:
        code === ThreadState.BLOCKED
          ? {
              reason: cause as BlockReason,
              object: objectOrNull(peek(words, row + Thread.OBJECT)),
              until: detail >= 0 ? detail : null,
              woken: peek(words, row + Thread.WOKEN) !== 0,
            }
          : null,
      ready:
        code === ThreadState.READY
          ? {
              cause: cause as ReadyCause | PreemptCause,
              preempted: peek(words, row + Thread.PREEMPTED) === 1,
              by: tidOrNull(detail),
            }
          : null,
      rank: peek(words, row + Thread.RANK),
      priority: peek(words, row + Thread.PRIORITY),
      end:
        code === ThreadState.TERMINATED
          ? { cause: cause as EndCause, code: detail, message: this.#log.text(peek(words, row + Thread.DETAIL2)) }
          : null,
    };
  }

  #objectsOf(state: FoldState, waiters: ReadonlyMap<number, readonly Tid[]>): ObjectView[] {
    const words = state.objects.words;
    const count = peek(state.run, Run.OBJECTS);
    const views: ObjectView[] = [];
    for (let object = 1; object <= count; object += 1) {
      const kind = peek(words, (object << OBJECT_SHIFT) + Row.KIND);
      if (kind === ObjectKind.NONE || kind === ObjectKind.PROCESS || kind === ObjectKind.THREAD) continue;
      views.push(this.#object(state, object, waiters.get(object) ?? NOBODY));
    }
    return views;
  }

  #object(state: FoldState, object: number, waiters: readonly Tid[]): ObjectView {
    const { words } = state.objects;
    const row = object << OBJECT_SHIFT;
    const last = this.#objects[object];
    const events = this.#history.eventsUntil(object, state.record);
    if (last !== undefined && this.#objectEvents[object] === events && sameTids(last.waiters, waiters)) {
      if (sameRow(words, this.#objectRows, row, OBJECT_ROW_WORDS)) return last;
    }
    const view = {
      ...this.#ofRow(words, row, object),
      waiters,
      ...this.#ofHistory(words, row, object, state.record),
    };
    this.#objects[object] = view;
    this.#objectEvents[object] = events;
    this.#objectRows.set(words.subarray(row, row + OBJECT_ROW_WORDS), row);
    return view;
  }

  /** What the fold knows. */
  #ofRow(words: Int32Array, row: number, object: number): Omit<ObjectView, 'waiters' | keyof FromHistory> {
    const kind = peek(words, row + Row.KIND) as ObjectKind;
    const low = peek(words, row + Row.LOW);
    const isBarrier = kind === ObjectKind.BARRIER;
    const isBounded = kind === ObjectKind.BOUNDED_SEMAPHORE || isBarrier;
    const isCounter = kind === ObjectKind.SEMAPHORE || isBounded;
    const isVariable = kind === ObjectKind.VALUE || kind === ObjectKind.GLOBAL;
    const value = isVariable ? joinDouble(low, peek(words, row + Row.HIGH)) : isCounter ? Math.max(0, low) : null;
    return {
      id: asObjectId(object),
      kind,
      name: objectName(this.#log, words, object),
      creator: tidOrNull(peek(words, row + Row.CREATOR)),
      holder: tidOrNull(peek(words, row + Row.HOLDER)),
      depth: kind === ObjectKind.RLOCK ? low : null,
      value,
      places: isCounter && !isBarrier ? peek(words, row + Row.HIGH) : null,
      limit: isBounded ? peek(words, row + Row.HIGH) : null,
      lock: kind === ObjectKind.CONDITION ? objectOrNull(low) : null,
      broken: isBarrier ? low < 0 : null,
      flag: kind === ObjectKind.EVENT ? low !== 0 : null,
    };
  }

  /** What the log must be asked. */
  #ofHistory(words: Int32Array, row: number, object: number, record: number): FromHistory {
    const history = this.#history;
    const kind = peek(words, row + Row.KIND) as ObjectKind;
    const isArray = kind === ObjectKind.ARRAY;
    const creator = tidOrNull(peek(words, row + Row.CREATOR));
    const write = history.writeOf(object, record);
    return {
      parts: history.partsOf(object, record),
      whole: this.#wholeOf(words, object, record),
      ready: kind === ObjectKind.RESULT ? peek(words, row + Row.LOW) !== 0 || write !== null : null,
      text: isArray ? null : history.textOf(object, record),
      write,
      process: kind === ObjectKind.GLOBAL && creator !== null ? this.#names.pidOf(creator) : null,
      cells: isArray ? history.cellsOf(object, peek(words, row + Row.LOW), record) : null,
      pipe: kind === ObjectKind.PIPE ? history.pipeOf(object, record) : null,
      pool: kind === ObjectKind.POOL ? history.poolOf(object, record) : null,
    };
  }

  /** A lock that the program has named itself before it gave it to a condition is no mere part of that. */
  #wholeOf(words: Int32Array, object: number, record: number): ObjectId | null {
    const [joint, other] = this.#history.wholesOf(object, record);
    if (joint === undefined || other !== undefined) return null;
    const isNamed = peek(words, (object << OBJECT_SHIFT) + Row.NAME) !== 0;
    const wholeKind = peek(words, (joint.whole << OBJECT_SHIFT) + Row.KIND);
    return isNamed && wholeKind === ObjectKind.CONDITION ? null : joint.whole;
  }

  #reserve(tids: number, objects: number): void {
    this.#threadRows = grown(this.#threadRows, (tids + 1) << THREAD_SHIFT);
    this.#objectRows = grown(this.#objectRows, (objects + 1) << OBJECT_SHIFT);
  }
}

type FromHistory = Pick<
  ObjectView,
  'parts' | 'whole' | 'text' | 'write' | 'ready' | 'process' | 'cells' | 'pipe' | 'pool'
>;

function grown(rows: Int32Array<ArrayBuffer>, words: number): Int32Array<ArrayBuffer> {
  if (words <= rows.length) return rows;
  const larger = new Int32Array(Math.max(words, rows.length * 2));
  larger.set(rows);
  return larger;
}

function sameRow(one: Int32Array, other: Int32Array, from: number, words: number): boolean {
  for (let i = from; i < from + words; i += 1) if (one[i] !== other[i]) return false;
  return true;
}

function sameTids(one: readonly Tid[], other: readonly Tid[]): boolean {
  return one.length === other.length && one.every((tid, i) => tid === other[i]);
}

function cpusOf(run: Int32Array, configured: number): (Tid | null)[] {
  const count = Math.max(configured, peek(run, Run.CPUS));
  const cpus: (Tid | null)[] = [];
  for (let cpu = 0; cpu < count; cpu += 1) cpus.push(tidOrNull(peek(run, Run.CPU + cpu)));
  return cpus;
}

/** `blocked`: longest waiter first; so are the lists. */
function waitersByObject(words: Int32Array, blocked: readonly Tid[]): Map<number, Tid[]> {
  const waiters = new Map<number, Tid[]>();
  for (const tid of blocked) {
    const object = peek(words, (tid << THREAD_SHIFT) + Thread.OBJECT);
    const list = waiters.get(object);
    if (list === undefined) waiters.set(object, [tid]);
    else list.push(tid);
  }
  return waiters;
}
