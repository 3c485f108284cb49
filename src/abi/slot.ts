import { slotAt } from './layout.ts';
import { peek, type Words } from './words.ts';

/**
 * A slot: the place where the kernel and one host meet. Whoever holds the TURN may touch the other words, so only
 * three kinds need Atomics: TURN; LIFE, which the main thread and the kernel change without it when a worker starts, dies
 * or is given up; and what reaches a host that runs in live mode: KILL, and its parking place PARK*, which other hosts
 * (`runtime/parking-lot.ts`) and the kernel (`parking.ts`) change. The protocol, stepped mode:
 *
 *   kernel: fill ARG*, RESULT; TURN = HOST; notify; wait(TURN, HOST, HOST_HANG_MS)
 *   host:   run to the next request; fill REQUEST, ARG*, LINE, BURST; TURN = KERNEL; notify; wait(TURN, KERNEL)
 *
 * No wake-up is lost, because both sides wait on TURN with the value that the other will change.
 * In live mode a host also adds to Control.DOORBELL, where the kernel waits for all hosts at once.
 */
export const Slot = {
  /** `Turn`. */
  TURN: 0,
  /**
   * `Life`; written by the main thread (STARTING, DEAD), the kernel (BUSY, DEAD, EMPTY) and the host: STARTING or BUSY →
   * PARKED. A host that finds anything else was given up, and touches the slot no more.
   */
  LIFE: 1,
  /** Bits of `Signal`, set by the kernel. Looked at by the host whenever it gets the turn; in live mode, where they may be
   *  set at any time, whenever it asks, steps or waits. */
  KILL: 2,

  /** Workers of this slot with a smaller number have certainly ended (guard.ts). Written by the main thread, only ever upwards. */
  WORKERS_ENDED: 3,

  // Written by the kernel before it gives the turn.
  TID: 4,
  PID: 5,
  PARENT_PID: 6,
  /** The thread's row in the object table. */
  SELF_OBJECT: 7,
  /** Answer to the last request. */
  RESULT: 8,
  /** Bytes of the mailbox that are filled (by whoever last wrote it). */
  MAIL_BYTES: 9,
  /** Number of the slot's worker, from 0; written by the main thread when it starts one. */
  WORKER: 10,

  // Written by the host before it gives the turn.
  /** `Request`. */
  REQUEST: 12,
  ARG0: 13,
  ARG1: 14,
  ARG2: 15,
  ARG3: 16,
  ARG4: 17,
  /** Source line (from 1) of the statement that the next step will execute; 0 = none. */
  LINE: 18,
  /** Ticks of CPU the thread says it needs before it next blocks; 0 = it does not know. For SJF and SRTF. */
  BURST: 19,
  /** Text that says what the next step executes, where the line alone does not: an instruction. 0 = none. */
  DETAIL: 23,
  /** Guard that the host waits for just now; 0 = none. Atomic: the kernel reads it at any time. */
  GUARD_WAITED: 20,

  // Live mode: the parking place of the thread. What the kernel does to it is in `parking.ts`.
  /** `Park`. The waiter stores PARKED before it queues itself; a waker stores CHOSEN and notifies. */
  PARK: 24,
  /** Next waiter in the same wait bucket, as slot + 1; guarded by the bucket's lock. */
  PARK_NEXT: 25,
  /** Word this thread waits on; guarded by the bucket's lock, and atomic: the kernel reads it without. 0 = none. */
  PARK_WORD: 26,
  PARK_OBJECT: 27,
  /** 1 = the wait ends by itself (a time-out, a sleep); 0 = only somebody else can end it. */
  PARK_TIMED: 28,

  // Python engine: one worker carries all threads of a process (runtime/python/carrier.ts).
  /** Slot of the worker that carries this slot's thread, + 1; 0 = the slot's own, which waits on TURN. Written by the kernel. */
  CARRIER: 29,
  /** Of a carrier: slot that has been given the turn, + 1; 0 = none. The kernel stores it after TURN; the worker waits on it and takes it.
   *  Live mode: counts; changed when there may be news for any of the worker's threads. */
  CALL: 30,
  /** Of a carrier: signals (bit n: signal n) that its process takes itself. Written by the host. */
  SIGNALS_HANDLED: 21,
  /** Of a carrier: signals that have come for its process and were not taken yet. Set by the kernel, taken by the host. */
  SIGNALS_PENDING: 22,
} as const;

/** What the kernel tells a host that it cannot wait for. One word, so that a checkpoint costs one look. */
export const Signal = {
  /** Unwind the program and park. Zeroed when the slot gets another thread. */
  STOP: 1,
  /** Live mode: show that you still come to checkpoints, by taking this bit back. */
  PROBE: 2,
} as const;

export const Park = {
  PARKED: 0,
  /** A waker took the thread out of its bucket. */
  CHOSEN: 1,
  /** Look again: at KILL, and at the word. The thread is still in its bucket and takes itself out. */
  NUDGED: 2,
} as const;

export const Turn = { KERNEL: 0, HOST: 1 } as const;

export const Life = {
  /** No worker, or one that was sent home: it found the turn here, and no thread. */
  EMPTY: 0,
  /** A worker has been asked for. */
  STARTING: 1,
  /** A worker waits for a thread to carry. */
  PARKED: 2,
  /** It carries one. */
  BUSY: 3,
  /** Its worker was stopped; the slot is not used again before a new worker has parked in it. */
  DEAD: 4,
  /** No worker of its own: its thread is carried by another slot's. */
  CARRIED: 5,
} as const;
export type Life = (typeof Life)[keyof typeof Life];

/** What a host asks of the kernel. In live mode only SPAWN, EXIT, KILL and SIGNAL are asked. */
export const Request = {
  NONE: 0,
  /** The step is over; LINE is what comes next. */
  YIELD: 1,
  /** ARG0 word index, ARG1 expected value, ARG2 ticks until it gives up (-1: never), ARG3 object, ARG4 `BlockReason`.
   *  The kernel looks at the word again: another value → RESULT = CHANGED at once. */
  WAIT: 2,
  /** ARG0 word index, ARG1 how many (-1: all), ARG2 object. RESULT = number woken. The step goes on. */
  WAKE: 3,
  /** ARG0 ticks, ARG1 object or 0, ARG2 `BlockReason` (SLEEP or IO). */
  SLEEP: 4,
  /** The mailbox holds a `SpawnMail`; ARG0 priority, ARG1 ticks until it arrives, ARG2 `ThreadKind`, ARG3 daemon (0/1),
   *  ARG4 ticks of CPU it says it needs first (0: it does not know). RESULT = tid, ARG0 = pid, ARG1 = its row in the
   *  object table; or RESULT = a negative `SpawnError`. The step goes on. */
  SPAWN: 5,
  /** The thread is over: ARG0 exit code, ARG1 text of the message or traceback, ARG2 `EndCause`. No answer. */
  EXIT: 6,
  /** ARG0 pid, ARG1 exit code (-15, -9), ARG2 `EndCause` (0: KILLED). RESULT 1, or 0 if there is no such process. The
   *  step goes on. */
  KILL: 7,
  /** ARG0 pid, ARG1 number of the signal, 0: none, just look. A process that handles it gets it, and its main thread's wait is
   *  interrupted; of any other it is the end (exit code -number), or nothing, as POSIX has it. RESULT 1, or 0 if there is no such process. The
   *  step goes on. */
  SIGNAL: 8,
} as const;
export type Request = (typeof Request)[keyof typeof Request];

/**
 * No other worker was started in the slot since this one. A worker that was told to stop lives on for a moment, also in its sleep; in LIFE
 * and TURN it may then find what is for its successor. Whoever reads those first and this after them takes nothing that is not his own: the
 * main thread changes the number before the successor can park.
 */
export function isOwn(words: Words, slot: number, worker: number): boolean {
  return peek(words, slotAt(slot) + Slot.WORKER) === worker;
}

/** The slot's worker has certainly ended, and no other one was started. */
export function hasEnded(words: Words, slot: number): boolean {
  const at = slotAt(slot);
  return Atomics.load(words, at + Slot.WORKER) < Atomics.load(words, at + Slot.WORKERS_ENDED);
}

/** RESULT of WAIT and SLEEP. INTERRUPTED: by a signal that the process handles; the thread may wait again. */
export const WaitResult = { WOKEN: 0, CHANGED: 1, TIMED_OUT: 2, INTERRUPTED: 3 } as const;
export type WaitResult = (typeof WaitResult)[keyof typeof WaitResult];

/** RESULT of a SPAWN that failed. */
export const SpawnError = {
  /** All hosts of the limit carry a thread. */
  NO_HOST: -1,
  /** A worker was asked for and did not come. */
  NOT_STARTED: -2,
  /** MAX_THREADS reached. */
  TABLE_FULL: -3,
  /** MAX_OBJECTS reached: a thread has a row, too. */
  NO_ROW: -4,
} as const;

/** LIBRARY: a thread that runs nothing but CPython's library, which has started it: a queue's feeder, a pool's handlers. */
export const ThreadKind = { PROCESS: 0, THREAD: 1, LIBRARY: 2 } as const;
export type ThreadKind = (typeof ThreadKind)[keyof typeof ThreadKind];
