import { RECORD_WORDS } from '../abi/layout.ts';
import { MAX_CPUS, MAX_OBJECTS, MAX_THREADS } from '../abi/limits.ts';
import { ObjectKind } from '../abi/objects.ts';
import { auxOf, cpuOf, Kind, kindOf, Operation, Outcome, ValueForm } from '../abi/record.ts';
import { peek, poke } from '../abi/words.ts';
import {
  OBJECT_PAGE_SHIFT,
  OBJECT_SHIFT,
  ordinalWord,
  Row,
  Run,
  Thread,
  THREAD_PAGE_SHIFT,
  THREAD_SHIFT,
  type FoldState,
} from './fold-state.ts';
import type { LogStore } from './log-store.ts';
import type { ObjectHistory } from './object-history.ts';
import { ThreadState } from './thread-state.ts';

/**
 * Brings `state` forward to the first `to` records of the log. Precondition: state.record ≤ to ≤ log.count.
 *
 * When a state begins: a step fills its tick, so a thread that blocks or ends in a tick in which it executed a step
 * leaves Running one tick later than its record says. Everything else takes effect in the record's own tick. In live
 * mode times are microseconds and mean what they say.
 *
 * @param history is told what no row holds; only the first to fold a record has one.
 */
export function fold(state: FoldState, log: LogStore, to: number, history: ObjectHistory | null = null): void {
  const { words, live } = log;
  const { run } = state;
  const threads = state.threads.words;
  const dirty = state.threads.dirty;
  for (let n = state.record; n < to; n += 1) {
    const at = n * RECORD_WORDS;
    const word0 = peek(words, at);
    const time = peek(words, at + 1);
    const tid = peek(words, at + 2);
    if (time > peek(run, Run.TICK)) poke(run, Run.TICK, time);
    if (tid < 0 || tid > MAX_THREADS) continue;
    const row = tid << THREAD_SHIFT;
    dirty[tid >> THREAD_PAGE_SHIFT] = 1;
    if (tid > peek(run, Run.TIDS)) poke(run, Run.TIDS, tid);
    switch (kindOf(word0)) {
      case Kind.LINE:
        poke(threads, row + Thread.LINE, peek(words, at + 4));
        poke(threads, row + Thread.STEPS, peek(threads, row + Thread.STEPS) + 1);
        poke(run, Run.STEPS, peek(run, Run.STEPS) + 1);
        poke(run, Run.STEP_RECORD, n + 1);
        if (live) break;
        poke(threads, row + Thread.STEPPED, time + 1);
        poke(run, Run.STEPPED, time + 1);
        break;
      case Kind.READY:
        ready(threads, row, words, at, n);
        break;
      case Kind.DISPATCHED:
        dispatched(threads, row, run, words, at, n);
        break;
      case Kind.PREEMPTED:
        preempted(threads, row, run, words, at, n);
        break;
      case Kind.BLOCKED:
        enter(threads, row, ThreadState.BLOCKED, endOfStep(threads, row, time), n);
        leaveCpu(threads, row, run, tid);
        poke(threads, row + Thread.CAUSE, auxOf(word0));
        poke(threads, row + Thread.OBJECT, peek(words, at + 3));
        poke(threads, row + Thread.DETAIL, peek(words, at + 4));
        poke(threads, row + Thread.DETAIL2, peek(words, at + 5));
        poke(threads, row + Thread.WOKEN, 0);
        // 0: at no line of the program. A call may have returned since the step began: from a callback, say, to the library.
        poke(threads, row + Thread.LINE, peek(words, at + 5));
        break;
      case Kind.CALL:
        if (live) atLine(threads, row, peek(words, at + 5));
        foldObject(state, words, at, history);
        break;
      case Kind.WOKEN:
        poke(threads, row + Thread.WOKEN, peek(words, at + 4) + 1);
        break;
      case Kind.TERMINATED:
        enter(threads, row, ThreadState.TERMINATED, endOfStep(threads, row, time), n);
        leaveCpu(threads, row, run, tid);
        poke(threads, row + Thread.CAUSE, auxOf(word0));
        poke(threads, row + Thread.DETAIL, peek(words, at + 4));
        poke(threads, row + Thread.DETAIL2, peek(words, at + 5));
        break;
      case Kind.CREATED:
        created(state, words, at, n);
        break;
      default:
        foldObject(state, words, at, history);
    }
  }
  state.record = to;
}

/** Begins a state at `time`, but not before the last one began, and books the time spent in that. */
function enter(threads: Int32Array, row: number, next: number, time: number, n: number): void {
  const since = peek(threads, row + Thread.SINCE);
  const now = time > since ? time : since;
  const spent = row + Thread.SPENT + peek(threads, row + Thread.STATE);
  poke(threads, spent, peek(threads, spent) + now - since);
  poke(threads, row + Thread.STATE, next);
  poke(threads, row + Thread.SINCE, now);
  poke(threads, row + Thread.ENTERED, n);
}

/** In live mode STEPPED is never set. */
function endOfStep(threads: Int32Array, row: number, time: number): number {
  const running = peek(threads, row + Thread.STATE) === ThreadState.RUNNING;
  return running && peek(threads, row + Thread.STEPPED) === time + 1 ? time + 1 : time;
}

/** Live runs have no LINE records: a thread is where it last called something or blocked. */
function atLine(threads: Int32Array, row: number, line: number): void {
  if (line > 0) poke(threads, row + Thread.LINE, line);
}

function leaveCpu(threads: Int32Array, row: number, run: Int32Array, tid: number): void {
  const cpu = peek(threads, row + Thread.CPU);
  if (cpu === 0) return;
  poke(threads, row + Thread.CPU, 0);
  if (cpu <= MAX_CPUS && peek(run, Run.CPU + cpu - 1) === tid) poke(run, Run.CPU + cpu - 1, 0);
}

function ready(threads: Int32Array, row: number, words: Int32Array, at: number, n: number): void {
  const time = peek(words, at + 1);
  enter(threads, row, ThreadState.READY, time, n);
  if (peek(threads, row + Thread.ARRIVAL) === 0) poke(threads, row + Thread.ARRIVAL, time + 1);
  poke(threads, row + Thread.CAUSE, auxOf(peek(words, at)));
  poke(threads, row + Thread.PREEMPTED, 0);
  poke(threads, row + Thread.OBJECT, peek(words, at + 3));
  poke(threads, row + Thread.DETAIL, peek(words, at + 4));
  poke(threads, row + Thread.RANK, peek(words, at + 5));
  poke(threads, row + Thread.PRIORITY, peek(words, at + 6));
}

function dispatched(threads: Int32Array, row: number, run: Int32Array, words: Int32Array, at: number, n: number): void {
  const time = peek(words, at + 1);
  const tid = peek(words, at + 2);
  const cpu = cpuOf(peek(words, at));
  enter(threads, row, ThreadState.RUNNING, time, n);
  if (peek(threads, row + Thread.FIRST_RUN) === 0) poke(threads, row + Thread.FIRST_RUN, time + 1);
  poke(threads, row + Thread.CPU, cpu + 1);
  poke(threads, row + Thread.QUANTUM, peek(words, at + 4));
  poke(threads, row + Thread.RANK, peek(words, at + 5));
  poke(threads, row + Thread.QUANTUM_BEGAN, peek(words, at + 6));
  if (cpu < 0 || cpu >= MAX_CPUS) return;
  const last = peek(run, Run.LAST + cpu);
  if (last !== 0 && last !== tid) poke(run, Run.SWITCHES, peek(run, Run.SWITCHES) + 1);
  poke(run, Run.LAST + cpu, tid);
  poke(run, Run.CPU + cpu, tid);
  if (cpu >= peek(run, Run.CPUS)) poke(run, Run.CPUS, cpu + 1);
}

function preempted(threads: Int32Array, row: number, run: Int32Array, words: Int32Array, at: number, n: number): void {
  enter(threads, row, ThreadState.READY, peek(words, at + 1), n);
  leaveCpu(threads, row, run, peek(words, at + 2));
  poke(threads, row + Thread.CAUSE, auxOf(peek(words, at)));
  poke(threads, row + Thread.PREEMPTED, 1);
  poke(threads, row + Thread.OBJECT, 0);
  poke(threads, row + Thread.DETAIL, peek(words, at + 4));
  poke(threads, row + Thread.RANK, peek(words, at + 5));
}

function created(state: FoldState, words: Int32Array, at: number, n: number): void {
  const threads = state.threads.words;
  const tid = peek(words, at + 2);
  const row = tid << THREAD_SHIFT;
  const kind = auxOf(peek(words, at));
  enter(threads, row, ThreadState.NEW, peek(words, at + 1), n);
  poke(threads, row + Thread.KIND, kind);
  poke(threads, row + Thread.SELF, peek(words, at + 3));
  poke(threads, row + Thread.PID, peek(words, at + 4));
  poke(threads, row + Thread.NAME, peek(words, at + 5));
  poke(threads, row + Thread.PARENT, peek(words, at + 6));
  const own = touchObject(state, peek(words, at + 3));
  if (own < 0) return;
  const objects = state.objects.words;
  poke(objects, own + Row.KIND, kind === 0 ? ObjectKind.PROCESS : ObjectKind.THREAD);
  poke(objects, own + Row.TID, tid);
}

/** First word of the object's row, about to be written; -1 when the record names none. */
function touchObject(state: FoldState, object: number): number {
  if (object <= 0 || object >= MAX_OBJECTS) return -1;
  state.objects.dirty[object >> OBJECT_PAGE_SHIFT] = 1;
  if (object > peek(state.run, Run.OBJECTS)) poke(state.run, Run.OBJECTS, object);
  return object << OBJECT_SHIFT;
}

/** Records about objects and about the whole run. */
function foldObject(state: FoldState, words: Int32Array, at: number, history: ObjectHistory | null): void {
  const objects = state.objects.words;
  const object = peek(words, at + 3);
  const word0 = peek(words, at);
  switch (kindOf(word0)) {
    case Kind.CALL:
      if (isOfPool(auxOf(word0))) history?.noteTask(at / RECORD_WORDS, object);
      return;
    case Kind.DONE: {
      if (isOfPool(auxOf(word0))) history?.noteTask(at / RECORD_WORDS, object);
      if (peek(words, at + 4) !== Outcome.OK) return;
      const row = touchObject(state, object);
      if (row >= 0) foldDone(objects, row, auxOf(word0), peek(words, at + 2), peek(words, at + 5));
      return;
    }
    case Kind.LOAD:
    case Kind.STORE: {
      const row = touchObject(state, object);
      if (row < 0) return;
      const kind = peek(objects, row + Row.KIND);
      history?.noteValue(at / RECORD_WORDS, object, kind);
      if (kind === ObjectKind.ARRAY || auxOf(word0) === ValueForm.TEXT) return;
      poke(objects, row + Row.LOW, peek(words, at + 4));
      poke(objects, row + Row.HIGH, peek(words, at + 5));
      return;
    }
    case Kind.SEND:
    case Kind.RECEIVE:
    case Kind.PIPE_END:
      history?.noteFlow(at / RECORD_WORDS, object);
      return;
    case Kind.PART:
      history?.notePart(at / RECORD_WORDS, object, peek(words, at + 4));
      return;
    case Kind.OBJECT:
      objectCreated(state, words, at);
      return;
    case Kind.BOOST: {
      const { words: threads, dirty } = state.threads;
      const tids = peek(state.run, Run.TIDS);
      for (let tid = 1; tid <= tids; tid += 1) poke(threads, (tid << THREAD_SHIFT) + Thread.RANK, 0);
      dirty.fill(1, 0, (tids >> THREAD_PAGE_SHIFT) + 1);
      return;
    }
    case Kind.END:
      poke(state.run, Run.END, auxOf(word0));
      poke(state.run, Run.END_MESSAGE, peek(words, at + 4));
      return;
    default:
      // PRINT, PICK, INPUT change nothing that the state shows.
      return;
  }
}

function isOfPool(operation: number): boolean {
  return operation === Operation.SUBMIT || operation === Operation.TASK || operation === Operation.RESIZE;
}

/** An operation that succeeded. Nobody but `release` frees a lock: one held by a killed process stays held. */
function foldDone(objects: Int32Array, row: number, operation: number, tid: number, result: number): void {
  const kind = peek(objects, row + Row.KIND);
  switch (operation) {
    case Operation.ACQUIRE:
    case Operation.RELEASE:
      if (kind === ObjectKind.SEMAPHORE || kind === ObjectKind.BOUNDED_SEMAPHORE) {
        // Counted, not taken from the record: in live mode the waker's record may come after that of whom it woke.
        poke(objects, row + Row.LOW, peek(objects, row + Row.LOW) + (operation === Operation.ACQUIRE ? -1 : 1));
      } else if (kind === ObjectKind.RLOCK) {
        // In live mode the next holder may speak before the last one has said that it is none any more.
        if (operation === Operation.RELEASE && peek(objects, row + Row.HOLDER) !== tid) return;
        poke(objects, row + Row.LOW, result);
        poke(objects, row + Row.HOLDER, result === 0 ? 0 : tid);
      } else {
        foldLock(objects, row, operation, tid);
      }
      return;
    case Operation.SET:
      poke(objects, row + Row.LOW, 1);
      return;
    case Operation.CLEAR:
      poke(objects, row + Row.LOW, 0);
      return;
    case Operation.ARRIVE:
      poke(objects, row + Row.LOW, result);
      return;
    case Operation.PASS:
    case Operation.RESET:
      poke(objects, row + Row.LOW, 0);
      return;
    case Operation.ABORT:
      poke(objects, row + Row.LOW, -1);
      return;
    default:
      return;
  }
}

/**
 * Hosts that run in parallel write their records after they have acted, so the release of one holder can stand behind
 * the acquire of the next, and the acquire behind the release by a stranger. LOW counts what is overtaken: a positive
 * number of releases, a negative one of acquires, is still to come and concerns a holder of before. In stepped mode the
 * log is in the order of the actions, and LOW stays 0.
 */
function foldLock(objects: Int32Array, row: number, operation: number, tid: number): void {
  const holder = peek(objects, row + Row.HOLDER);
  const overtaken = peek(objects, row + Row.LOW);
  if (operation === Operation.ACQUIRE) {
    if (overtaken >= 0) poke(objects, row + Row.HOLDER, tid);
    if (overtaken < 0 || holder !== 0) poke(objects, row + Row.LOW, overtaken + 1);
  } else if (holder === tid || (holder !== 0 && overtaken <= 0)) {
    poke(objects, row + Row.HOLDER, 0);
  } else {
    poke(objects, row + Row.LOW, overtaken - 1);
  }
}

function objectCreated(state: FoldState, words: Int32Array, at: number): void {
  const row = touchObject(state, peek(words, at + 3));
  if (row < 0) return;
  const objects = state.objects.words;
  const kind = auxOf(peek(words, at));
  const ordinal = ordinalWord(kind);
  poke(state.run, ordinal, peek(state.run, ordinal) + 1);
  poke(objects, row + Row.KIND, kind);
  poke(objects, row + Row.NAME, peek(words, at + 4));
  poke(objects, row + Row.CREATOR, peek(words, at + 2));
  poke(objects, row + Row.HOLDER, 0);
  poke(objects, row + Row.ORDINAL, peek(state.run, ordinal));
  // What a result has there is no state of it: it is set when it has come.
  poke(objects, row + Row.LOW, kind === ObjectKind.RESULT ? 0 : peek(words, at + 5));
  // A semaphore without a bound of its own is drawn with the places it began with.
  poke(objects, row + Row.HIGH, peek(words, kind === ObjectKind.SEMAPHORE ? at + 5 : at + 6));
}
