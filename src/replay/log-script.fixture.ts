import { ObjectKind, type PartRole } from '../abi/objects.ts';
import {
  EndCause,
  header,
  Kind,
  Outcome,
  PreemptCause,
  ReadyCause,
  Stream,
  ValueForm,
  type VariableChange,
} from '../abi/record.ts';
import type { BlockReason, Operation, RunEnd } from '../abi/record.ts';
import { ThreadKind } from '../abi/slot.ts';
import { highHalf, lowHalf } from '../abi/words.ts';
import { LogStore } from './log-store.ts';

/** Writes logs by hand, one record a call. Processes get their tid as pid and 1000 + tid as their own object. */
export class LogScript {
  readonly log = new LogStore();
  tick = 0;
  steps = 0;

  at(tick: number): this {
    this.tick = tick;
    return this;
  }

  process(tid: number, name = `P${tid}`, parent = 0): this {
    return this.thread(tid, tid, name, parent, ThreadKind.PROCESS);
  }

  thread(tid: number, pid: number, name: string, parent = 0, kind: ThreadKind = ThreadKind.THREAD): this {
    return this.record(Kind.CREATED, kind, -1, tid, ownObject(tid), pid, this.log.appendText(name), parent);
  }

  ready(tid: number, cause: ReadyCause = ReadyCause.WOKEN, rank = 0, by = 0, object = 0): this {
    return this.record(Kind.READY, cause, -1, tid, object, by, rank);
  }

  dispatch(tid: number, cpu = 0, quantum = 0): this {
    return this.record(Kind.DISPATCHED, 0, cpu, tid, 0, quantum, 0, this.tick);
  }

  preempt(tid: number, cpu = 0, cause: PreemptCause = PreemptCause.QUANTUM, rank = 0, by = 0): this {
    return this.record(Kind.PREEMPTED, cause, cpu, tid, 0, by, rank);
  }

  line(tid: number, line = 1, cpu = 0): this {
    this.steps += 1;
    return this.record(Kind.LINE, 0, cpu, tid, 0, line, this.steps);
  }

  instruction(tid: number, line: number, text: string, cpu = 0): this {
    this.steps += 1;
    return this.record(Kind.LINE, 1, cpu, tid, 0, line, this.steps, this.log.appendText(text));
  }

  /** Python: a step has changed a variable of the program's. */
  changed(tid: number, change: VariableChange, text: string, depth = 0): this {
    return this.record(Kind.VARIABLE, change, -1, tid, 0, this.log.appendText(text), depth);
  }

  block(tid: number, reason: BlockReason, object = 0, until = -1, cpu = 0, line = 1): this {
    return this.record(Kind.BLOCKED, reason, cpu, tid, object, until, line);
  }

  woken(tid: number, object: number, by: number): this {
    return this.record(Kind.WOKEN, 0, -1, tid, object, by);
  }

  terminate(tid: number, cpu = 0, cause: EndCause = EndCause.RETURNED, code = 0, message = ''): this {
    return this.record(Kind.TERMINATED, cause, cpu, tid, 0, code, this.log.appendText(message));
  }

  object(id: number, kind: ObjectKind, name = '', creator = 1, first = 0, second = 0): this {
    return this.record(Kind.OBJECT, kind, -1, creator, id, this.log.appendText(name), first, second);
  }

  lock(id: number, name = ''): this {
    return this.object(id, ObjectKind.LOCK, name);
  }

  variable(id: number, name: string, value: number): this {
    return this.object(id, ObjectKind.VALUE, name, 1, lowHalf(value), highHalf(value));
  }

  call(tid: number, operation: Operation, object: number, argument = 0): this {
    return this.record(Kind.CALL, operation, -1, tid, object, argument, 1);
  }

  done(tid: number, operation: Operation, object: number, outcome: Outcome = Outcome.OK, result = 0): this {
    return this.record(Kind.DONE, operation, -1, tid, object, outcome, result);
  }

  store(
    tid: number,
    object: number,
    value: number,
    kind: typeof Kind.STORE | typeof Kind.LOAD = Kind.STORE,
    index = 0,
  ): this {
    return this.record(kind, ValueForm.DOUBLE, -1, tid, object, lowHalf(value), highHalf(value), index);
  }

  storeText(tid: number, object: number, value: string, index = 0): this {
    return this.record(Kind.STORE, ValueForm.TEXT, -1, tid, object, this.log.appendText(value), 0, index);
  }

  part(object: number, whole: number, role: PartRole, tid = 1): this {
    return this.record(Kind.PART, role, -1, tid, object, whole);
  }

  /** `count`: how many such ends are open now. */
  pipeEnd(pipe: number, end: 'read' | 'write', pid: number, count: number, open = true): this {
    return this.record(Kind.PIPE_END, open ? 1 : 0, -1, pid, pipe, end === 'read' ? 0 : 1, pid, count);
  }

  /** `text`: these bytes end a message, which says so. */
  send(tid: number, pipe: number, bytes: number, text: string | null = null): this {
    return this.#transfer(Kind.SEND, tid, pipe, bytes, text);
  }

  receive(tid: number, pipe: number, bytes: number, text: string | null = null): this {
    return this.#transfer(Kind.RECEIVE, tid, pipe, bytes, text);
  }

  #transfer(kind: Kind, tid: number, pipe: number, bytes: number, text: string | null): this {
    return this.record(kind, 0, -1, tid, pipe, bytes, text === null ? 0 : 1, this.log.appendText(text ?? ''));
  }

  print(tid: number, text: string, stream: Stream = Stream.STDOUT): this {
    return this.record(Kind.PRINT, stream, -1, tid, 0, this.log.appendText(text));
  }

  end(end: RunEnd, message = ''): this {
    return this.record(Kind.END, end, -1, 0, 0, this.log.appendText(message));
  }

  record(kind: Kind, aux: number, cpu: number, tid: number, object: number, a = 0, b = 0, c = 0): this {
    this.log.append(header(kind, aux, cpu), this.tick, tid, object, a, b, c);
    return this;
  }
}

/** A log of the first `n` records. */
export function prefixOf(log: LogStore, n: number): LogStore {
  const prefix = LogStore.fromTrace({ ...log.toTrace(), records: 0, words: '' });
  for (let record = 0; record < n; record += 1) {
    const [word0, time, tid, object, a, b, c] = log.words.subarray(record * 8, record * 8 + 7) as unknown as Fields;
    prefix.append(word0, time, tid, object, a, b, c);
  }
  return prefix;
}

type Fields = [number, number, number, number, number, number, number];

export const ownObject = (tid: number): number => 1000 + tid;
