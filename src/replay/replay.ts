import { asPid, asTid, type ObjectId, type Pid, type Tid } from '../base/ids.ts';
import { invariant } from '../base/invariant.ts';
import { MAX_OBJECTS } from '../abi/limits.ts';
import { peek } from '../abi/words.ts';
import { FoldState, OBJECT_SHIFT, Row, Run, Thread, THREAD_SHIFT, type Checkpoint } from './fold-state.ts';
import { fold } from './fold.ts';
import { LogIndex } from './log-index.ts';
import type { LogStore } from './log-store.ts';
import { MachineViewer } from './machine-view.ts';
import type { MachineState } from './model.ts';
import { ObjectHistory } from './object-history.ts';
import { objectName } from './object-name.ts';
import { ThreadNames } from './thread-names.ts';

/** Records between two checkpoints: a seek folds fewer than this. */
export const CHECKPOINT_RECORDS = 1024;

/**
 * The machine after any number of records. `extend` folds what is new once, leaving a checkpoint every 1,024 records; a
 * seek starts from the checkpoint before it, or from where the last seek ended, if that is near.
 */
export class Replay extends LogIndex {
  /** After all records read. */
  readonly #head = new FoldState();
  /** After the records last asked for. */
  readonly #here = new FoldState();
  readonly #checkpoints: Checkpoint[] = [];
  readonly #names: ThreadNames;
  readonly #history: ObjectHistory;
  readonly #viewer: MachineViewer;
  #cpuCount: number;
  #last: MachineState | null = null;

  /** @param cpuCount CPUs the machine is configured with; more appear when the log uses more. */
  constructor(log: LogStore, cpuCount = 1) {
    super(log);
    this.#cpuCount = cpuCount;
    this.#names = new ThreadNames(log);
    this.#history = new ObjectHistory(log);
    this.#viewer = new MachineViewer(log, this.#names, this.#history);
    this.#checkpoints.push(this.#head.checkpoint());
  }

  get cpuCount(): number {
    return this.#cpuCount;
  }

  set cpuCount(count: number) {
    if (count !== this.#cpuCount) this.#last = null;
    this.#cpuCount = count;
  }

  /**
   * The machine after the first `record` records; clamped to what was read. Views of threads and objects that are as
   * they were in the last answer are the same objects, and asking twice gives the same answer.
   */
  at(record: number): MachineState {
    const n = Math.max(0, Math.min(record, this.records));
    if (this.#last?.record === n) return this.#last;
    this.#last = this.#viewer.view(this.seek(n), this.#cpuCount);
    return this.#last;
  }

  /** As `at`, in typed arrays and without making anything. The same object every time: valid until the next call. */
  seek(record: number): FoldState {
    invariant(record >= 0 && record <= this.records, 'seek inside the log', `${record} of ${this.records}`);
    const here = this.#here;
    const distance = record - here.record;
    if (distance < 0 || distance > CHECKPOINT_RECORDS) {
      const index = Math.floor(record / CHECKPOINT_RECORDS);
      here.restore(this.#checkpoints[index] as Checkpoint, index * CHECKPOINT_RECORDS);
    }
    fold(here, this.log, record);
    return here;
  }

  /** After all records read. */
  get head(): FoldState {
    return this.#head;
  }

  // What follows never changes in a run once it is known, so it is asked of the end of the log.

  pidOf(tid: number): Pid | null {
    return tid > 0 && tid <= peek(this.#head.run, Run.TIDS) ? asPid(this.#thread(tid, Thread.PID)) : null;
  }

  nameOf(tid: number): string {
    return this.log.text(this.#thread(tid, Thread.NAME));
  }

  shortNameOf(tid: number): string {
    return this.#names.shortName(tid);
  }

  /** CPython's library has started it for itself. */
  isLibrary(tid: number): boolean {
    return this.#names.isLibrary(tid);
  }

  /** There are such threads, somewhere in the log. */
  get hasLibrary(): boolean {
    return this.#names.hasLibrary;
  }

  /** The thread whose end a `join` on this object waits for; null when it is no process or thread. */
  threadOf(object: ObjectId | number): Tid | null {
    if (object <= 0 || object >= MAX_OBJECTS) return null;
    const tid = peek(this.#head.objects.words, (object << OBJECT_SHIFT) + Row.TID);
    return tid > 0 ? asTid(tid) : null;
  }

  objectKindOf(object: ObjectId | number): number {
    return object > 0 && object < MAX_OBJECTS ? peek(this.#head.objects.words, (object << OBJECT_SHIFT) + Row.KIND) : 0;
  }

  /** Of a process or thread: its thread's name. */
  objectNameOf(object: ObjectId | number): string {
    const tid = this.threadOf(object);
    return tid === null ? objectName(this.log, this.#head.objects.words, object) : this.nameOf(tid);
  }

  #thread(tid: number, word: number): number {
    return peek(this.#head.threads.words, (tid << THREAD_SHIFT) + word);
  }

  protected restart(): void {
    const empty = this.#checkpoints[0] as Checkpoint;
    this.#head.restore(empty, 0);
    this.#here.restore(empty, 0);
    this.#checkpoints.length = 1;
    this.#names.clear();
    this.#history.clear();
    this.#viewer.clear();
    this.#last = null;
  }

  protected read(from: number, to: number): void {
    const head = this.#head;
    for (let n = from; n < to;) {
      const next = Math.min(to, (Math.floor(n / CHECKPOINT_RECORDS) + 1) * CHECKPOINT_RECORDS);
      fold(head, this.log, next, this.#history);
      if (next % CHECKPOINT_RECORDS === 0) this.#checkpoints.push(head.checkpoint());
      n = next;
    }
    this.#names.extend(head);
  }
}
