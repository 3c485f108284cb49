import { asObjectId, asPid, type ObjectId, type Pid, type Tid } from '../base/ids.ts';
import type { ObjectKind, PartRole } from '../abi/objects.ts';
import { ObjectKind as Objects } from '../abi/objects.ts';
import { InputKind, Kind, ValueForm } from '../abi/record.ts';
import type { BlockReason, EndCause, Operation, Outcome, PreemptCause, ReadyCause, RunEnd } from '../abi/record.ts';
import type { VariableChange } from '../abi/record.ts';
import { frameLeft } from './frame-left.ts';
import { splitVariable } from './variables.ts';
import type { ThreadKind } from '../abi/slot.ts';
import { joinDouble } from '../abi/words.ts';
import { invariant } from '../base/invariant.ts';
import type { LogStore } from './log-store.ts';
import type { LogEvent } from './model.ts';
import { streamName } from './output.ts';

/** Who knows the process of a thread: a `Replay`. */
export interface Pids {
  pidOf(tid: number): Pid | null;
}

const tidOf = (word: number): Tid | null => (word > 0 ? (word as Tid) : null);
const objectIdOf = (word: number): ObjectId | null => (word > 0 ? asObjectId(word) : null);
const lineOf = (word: number): number | null => (word > 0 ? word : null);
const untilOf = (word: number): number | null => (word >= 0 ? word : null);

/** Record n of the log as a plain object. Precondition: n < log.count. @throws InvariantError for an unknown kind. */
export function decode(log: LogStore, pids: Pids, n: number): LogEvent {
  const tid = log.tid(n);
  const event = changeOf(log, n) ?? callOf(log, n) ?? dataOf(log, n) ?? objectOf(log, n) ?? machineOf(log, n);
  invariant(event !== null, 'known kind of record', `record ${n} has kind ${log.kind(n)}`);
  return { n, tick: log.tick(n), tid: tidOf(tid), pid: pids.pidOf(tid), ...event };
}

type Rest<Event> = Event extends unknown ? Omit<Event, 'n' | 'tick' | 'tid' | 'pid'> : never;
type Said = Rest<LogEvent>;

/** A thread changes its state, or will. */
function changeOf(log: LogStore, n: number): Said | null {
  const [aux, cpu, a, b, c] = [log.aux(n), log.cpu(n), log.a(n), log.b(n), log.c(n)];
  const object = objectIdOf(log.object(n));
  switch (log.kind(n)) {
    case Kind.CREATED:
      return { kind: 'created', thread: aux as ThreadKind, name: log.text(b), newPid: asPid(a), parent: tidOf(c) };
    case Kind.READY:
      return { kind: 'ready', cause: aux as ReadyCause, object, by: tidOf(a), rank: b, priority: c };
    case Kind.DISPATCHED:
      return { kind: 'dispatched', cpu, quantum: a > 0 ? a : null, rank: b };
    case Kind.PREEMPTED:
      return { kind: 'preempted', cpu, cause: aux as PreemptCause, by: tidOf(a), rank: b };
    case Kind.BLOCKED:
      return { kind: 'blocked', cpu, reason: aux as BlockReason, object, until: untilOf(a), line: lineOf(b) };
    case Kind.WOKEN:
      return { kind: 'woken', object, by: tidOf(a) };
    case Kind.TERMINATED:
      return {
        kind: 'terminated',
        cpu: cpu < 0 ? null : cpu,
        cause: aux as EndCause,
        code: a,
        message: log.text(b),
      };
    default:
      return null;
  }
}

/** A step, or an operation within it. */
function callOf(log: LogStore, n: number): Said | null {
  const [aux, a, b] = [log.aux(n), log.a(n), log.b(n)];
  const object = objectIdOf(log.object(n));
  switch (log.kind(n)) {
    case Kind.LINE:
      return {
        kind: 'line',
        cpu: log.cpu(n),
        line: a,
        step: b,
        ...(aux === 1 ? { instruction: log.text(log.c(n)) } : {}),
      };
    case Kind.CALL:
      return { kind: 'call', operation: aux as Operation, object, argument: a, line: lineOf(b) };
    case Kind.DONE:
      return { kind: 'done', operation: aux as Operation, object, outcome: a as Outcome, result: b };
    default:
      return null;
  }
}

/** Data moved. */
function dataOf(log: LogStore, n: number): Said | null {
  const [aux, a, b, c] = [log.aux(n), log.a(n), log.b(n), log.c(n)];
  const object = asObjectId(log.object(n));
  switch (log.kind(n)) {
    case Kind.LOAD:
      return { kind: 'load', object, value: valueOf(log, aux, a, b), index: c };
    case Kind.STORE:
      return { kind: 'store', object, value: valueOf(log, aux, a, b), index: c };
    case Kind.SEND:
      return { kind: 'send', object, bytes: a, last: b === 1, text: log.text(c) };
    case Kind.RECEIVE:
      return { kind: 'receive', object, bytes: a, last: b === 1, text: log.text(c) };
    case Kind.FRAME:
      return { kind: 'frame', entered: aux === 1, name: aux === 1 ? log.text(a) : frameLeft(log, n), depth: b };
    case Kind.VARIABLE: {
      const [name, value] = splitVariable(log.text(a));
      return { kind: 'variable', change: aux as VariableChange, name, value };
    }
    case Kind.PRINT:
      return { kind: 'print', stream: streamName(aux), text: log.text(a) };
    default:
      return null;
  }
}

function valueOf(log: LogStore, form: number, a: number, b: number): number | string {
  return form === ValueForm.TEXT ? log.text(a) : joinDouble(a, b);
}

/** An object came into being, or what it is made of, or who may use it, became known. */
function objectOf(log: LogStore, n: number): Said | null {
  const [aux, a, b, c] = [log.aux(n), log.a(n), log.b(n), log.c(n)];
  const object = asObjectId(log.object(n));
  switch (log.kind(n)) {
    case Kind.OBJECT: {
      const value = aux === Objects.VALUE || aux === Objects.GLOBAL ? joinDouble(b, c) : b;
      return { kind: 'object', object, objectKind: aux as ObjectKind, name: log.text(a), value };
    }
    case Kind.PART:
      return { kind: 'part', object, role: aux as PartRole, whole: asObjectId(a) };
    case Kind.PIPE_END: {
      const end = a === 0 ? 'read' : 'write';
      return { kind: 'pipe-end', object, end, open: aux === 1, process: asPid(b), count: c };
    }
    default:
      return null;
  }
}

/** The scheduler, the reader, the end. */
function machineOf(log: LogStore, n: number): Said | null {
  const [aux, a, b] = [log.aux(n), log.a(n), log.b(n)];
  switch (log.kind(n)) {
    case Kind.PICK:
      return { kind: 'pick', cpu: log.cpu(n), candidates: a, byUser: b === 1 };
    case Kind.INPUT:
      return { kind: 'input', input: aux, a, b, ...(aux === InputKind.LINE ? { text: log.text(a) } : {}) };
    case Kind.BOOST:
      return { kind: 'boost' };
    case Kind.END:
      return { kind: 'end', end: aux as RunEnd, message: log.text(a) };
    default:
      return null;
  }
}
