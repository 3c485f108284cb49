import { MAX_CPUS, MAX_OBJECTS, MAX_THREADS } from '../abi/limits.ts';
import { PAGE_SHIFT, PagedWords, type Pages } from './paged-words.ts';

/** Words of a thread's row; the row of tid t begins at t * THREAD_WORDS. */
export const THREAD_SHIFT = 5;
export const THREAD_WORDS = 1 << THREAD_SHIFT;
export const THREAD_PAGE_SHIFT = PAGE_SHIFT - THREAD_SHIFT;

/** A thread. Words marked +1 hold the value plus one, so that 0 means "not yet" or "none". */
export const Thread = {
  STATE: 0,
  /** Tick at which it came into this state. */
  SINCE: 1,
  /** Record that brought it there. */
  ENTERED: 2,
  /** While Running: CPU + 1. */
  CPU: 3,
  /** Of the last step it began; 0 = none. */
  LINE: 4,
  /** `BlockReason`, `ReadyCause`, `PreemptCause` or `EndCause`: of the record ENTERED. */
  CAUSE: 5,
  /** Ready: 1 = it was preempted, so CAUSE is a `PreemptCause`. */
  PREEMPTED: 6,
  /** Blocked: on what. Ready: what it had waited for. */
  OBJECT: 7,
  /** Blocked: tick at which it gives up (-1: never). Ready: tid that caused it. Terminated: exit code. */
  DETAIL: 8,
  /** Blocked: line. Terminated: text of the message. */
  DETAIL2: 9,
  /** Blocked, and already chosen to become Ready: waker's tid + 1. */
  WOKEN: 10,
  RANK: 11,
  PRIORITY: 12,
  KIND: 13,
  PID: 14,
  NAME: 15,
  PARENT: 16,
  /** Its own row in the object table. */
  SELF: 17,
  QUANTUM: 18,
  QUANTUM_BEGAN: 19,
  /** Tick of its last step + 1. */
  STEPPED: 20,
  /** Tick of its first READY + 1. */
  ARRIVAL: 21,
  /** Tick of its first DISPATCHED + 1. */
  FIRST_RUN: 22,
  /** Steps it began. */
  STEPS: 23,
  /** Ticks spent in each state it has left, by `ThreadState`: six words. */
  SPENT: 24,
} as const;

export const OBJECT_SHIFT = 3;
export const OBJECT_ROW_WORDS = 1 << OBJECT_SHIFT;
export const OBJECT_PAGE_SHIFT = PAGE_SHIFT - OBJECT_SHIFT;

/** An object; processes and threads have a row too, with KIND and TID only. */
export const Row = {
  KIND: 0,
  NAME: 1,
  CREATOR: 2,
  /** lock, rlock: tid that holds it. */
  HOLDER: 3,
  /** shared variable: value as the halves of a double; event: flag in LOW; rlock: depth in LOW;
   *  result: 1 in LOW once it is there; array: length in LOW; semaphore: counter in LOW, limit or first counter in HIGH; condition: its lock in LOW;
   *  barrier: who has arrived in LOW (-1: broken), parties in HIGH;
   *  lock: releases that the log has yet to tell in LOW, see `foldLock`. */
  LOW: 4,
  HIGH: 5,
  /** process, thread: its tid (of a process: its main thread's). */
  TID: 6,
  /** Its number among the objects of its kind, from 1, in order of creation. */
  ORDINAL: 7,
} as const;

const OBJECT_KINDS = 32;

/** What belongs to the whole run. */
export const Run = {
  /** Of the last record. */
  TICK: 0,
  STEPS: 1,
  SWITCHES: 2,
  /** Tick of the last step + 1. */
  STEPPED: 3,
  /** `RunEnd`, 0 = goes on. */
  END: 4,
  END_MESSAGE: 5,
  /** Largest tid and object seen, and largest CPU + 1. */
  TIDS: 6,
  OBJECTS: 7,
  CPUS: 8,
  /** Record of the last LINE + 1. */
  STEP_RECORD: 9,
  /** Per CPU: tid that holds it; tid that held it last. */
  CPU: 16,
  LAST: 16 + MAX_CPUS,
  /** Objects so far, by kind. */
  ORDINALS: 16 + 2 * MAX_CPUS,
} as const;
const RUN_WORDS = Run.ORDINALS + OBJECT_KINDS;

/** Kinds beyond the table share its last entry. */
export function ordinalWord(objectKind: number): number {
  return Run.ORDINALS + Math.min(objectKind, OBJECT_KINDS - 1);
}

export interface Checkpoint {
  readonly threads: Pages;
  readonly objects: Pages;
  readonly run: Int32Array;
}

/** The machine after the first `record` records, in typed arrays. `fold` writes it; everybody else reads. */
export class FoldState {
  readonly threads = new PagedWords((MAX_THREADS + 1) << THREAD_SHIFT);
  readonly objects = new PagedWords(MAX_OBJECTS << OBJECT_SHIFT);
  readonly run = new Int32Array(RUN_WORDS);
  record = 0;

  checkpoint(): Checkpoint {
    return {
      threads: this.threads.snapshot(this.#threadPages),
      objects: this.objects.snapshot(this.#objectPages),
      run: this.run.slice(),
    };
  }

  restore(checkpoint: Checkpoint, record: number): void {
    this.threads.restore(checkpoint.threads, this.#threadPages);
    this.objects.restore(checkpoint.objects, this.#objectPages);
    this.run.set(checkpoint.run);
    this.record = record;
  }

  get #threadPages(): number {
    return ((this.run[Run.TIDS] as number) >> THREAD_PAGE_SHIFT) + 1;
  }

  get #objectPages(): number {
    return ((this.run[Run.OBJECTS] as number) >> OBJECT_PAGE_SHIFT) + 1;
  }
}
