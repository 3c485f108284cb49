import type { ObjectId } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { LogWriter } from '../abi/log-writer.ts';
import type { Memory } from '../abi/layout.ts';
import {
  header,
  Kind,
  type BlockReason,
  type EndCause,
  type InputKind,
  type PreemptCause,
  type RunEnd,
} from '../abi/record.ts';
import type { Thread } from './thread.ts';

const NO_CPU = -1;
const lineHeaders = (aux: number): number[] => Array.from({ length: 256 }, (_, cpu) => header(Kind.LINE, aux, cpu));
const LINE_HEADERS = lineHeaders(0);
const INSTRUCTION_HEADERS = lineHeaders(1);

/** The kernel's records: one method a kind, with the fields as `abi/record.ts` says them. */
export class KernelLog {
  readonly #writer: LogWriter;
  readonly #muted: boolean;
  /** The stamp: the tick in stepped mode, microseconds since the start of the run in live mode. */
  time: number = 0;

  constructor(memory: Memory, muted: boolean) {
    this.#writer = new LogWriter(memory);
    this.#muted = muted;
  }

  /** Records written so far, the hosts' included. */
  get count(): number {
    return this.#writer.count;
  }

  created(thread: Thread, nameText: number): void {
    const word0 = header(Kind.CREATED, thread.kind, NO_CPU);
    this.#append(word0, thread.tid, thread.object, thread.pid, nameText, thread.parent);
  }

  /** Precondition: `readyCause`, `readyObject` and `readyBy` say why. */
  ready(thread: Thread, rank: number): void {
    const word0 = header(Kind.READY, thread.readyCause, NO_CPU);
    this.#append(word0, thread.tid, thread.readyObject, thread.readyBy, rank, thread.priority);
  }

  dispatched(thread: Thread, quantum: Ticks, rank: number): void {
    this.#append(header(Kind.DISPATCHED, 0, thread.cpu), thread.tid, 0, quantum, rank, this.time);
  }

  preempted(thread: Thread, cpu: number, cause: PreemptCause, by: number, rank: number): void {
    this.#append(header(Kind.PREEMPTED, cause, cpu), thread.tid, 0, by, rank, 0);
  }

  blocked(thread: Thread, cpu: number, reason: BlockReason, until: Ticks, line: number): void {
    this.#append(header(Kind.BLOCKED, reason, cpu), thread.tid, thread.blockObject, until, line, 0);
  }

  woken(thread: Thread, by: number): void {
    this.#append(header(Kind.WOKEN, 0, NO_CPU), thread.tid, thread.blockObject, by, 0, 0);
  }

  terminated(thread: Thread, cpu: number, cause: EndCause, code: number, messageText: number): void {
    this.#append(header(Kind.TERMINATED, cause, cpu), thread.tid, thread.object, code, messageText, 0);
  }

  line(thread: Thread, ordinal: number): void {
    const headers = thread.detail === 0 ? LINE_HEADERS : INSTRUCTION_HEADERS;
    this.#append(headers[thread.cpu] as number, thread.tid, 0, thread.line, ordinal, thread.detail);
  }

  pipeEnd(thread: Thread, opened: boolean, pipe: ObjectId, end: number, count: number): void {
    this.#append(header(Kind.PIPE_END, opened ? 1 : 0, NO_CPU), thread.tid, pipe, end, thread.pid, count);
  }

  pick(thread: Thread, cpu: number, candidates: number, byUser: boolean): void {
    this.#append(header(Kind.PICK, 0, cpu), thread.tid, 0, candidates, byUser ? 1 : 0, 0);
  }

  input(kind: InputKind, a: number, b: number): void {
    this.#append(header(Kind.INPUT, kind, NO_CPU), 0, 0, a, b, 0);
  }

  boost(): void {
    this.#append(header(Kind.BOOST, 0, NO_CPU), 0, 0, 0, 0, 0);
  }

  end(end: RunEnd, messageText: number): void {
    this.#append(header(Kind.END, end, NO_CPU), 0, 0, messageText, 0, 0);
  }

  #append(word0: number, tid: number, object: number, a: number, b: number, c: number): void {
    if (!this.#muted) this.#writer.append(word0, this.time, tid, object, a, b, c);
  }
}
