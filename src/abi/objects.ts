/**
 * The object table. A row belongs to whoever the primitive's file in `sync` says; the first words are the same for all:
 */
export const ObjectWord = {
  /** `ObjectKind`; written once, by the creator. */
  KIND: 0,
  /** Text of the name; written once, by the creator. */
  NAME: 1,
  /** Pid of the creator; written once. */
  OWNER: 2,
  /** First row of the watch table that concerns the object, 0 = none: who is told when it becomes readable or ends. */
  WATCH: 3,
  /** First of the words whose meaning the kind gives. Rows are 64 bytes, so STATE (word 4) is fit for a double. */
  STATE: 4,
} as const;

export const ObjectKind = {
  NONE: 0,
  /** STATE 0: exit word (0 while it lives, then 1). STATE 1: exit code. STATE 2–3: its place in a line (sync/waiting-line).
   *  STATE 4 on: `ThreadWord`. A process's row is that of its main thread. OWNER of a process is its parent, of any other
   *  thread the process that has it. */
  PROCESS: 1,
  THREAD: 2,
  LOCK: 3,
  EVENT: 4,
  /** A shared variable, `multiprocessing.Value`. STATE 0–1: the value, an int32 in word 0 or a double in both (sync/value.ts). */
  VALUE: 5,
  /** A simulated device. */
  DEVICE: 6,
  RLOCK: 7,
  SEMAPHORE: 8,
  BOUNDED_SEMAPHORE: 9,
  CONDITION: 10,
  BARRIER: 11,
  /** One direction: bytes from its writers to its readers. A duplex pipe is two. Its words are in pipe-row.ts. */
  PIPE: 12,
  /** Made of a pipe, two locks and, if it is bounded, a semaphore of free places. */
  QUEUE: 13,
  /** Made of processes, a pipe of tasks and a pipe of results. Its words are in pool-row.ts. */
  POOL: 14,
  JOINABLE_QUEUE: 15,
  SIMPLE_QUEUE: 16,
  /** `multiprocessing.Array`: its elements lie in the heap (sync/array.ts). */
  ARRAY: 17,
  /** A global variable of one process, its owner, shared by its threads: sync/global.ts. */
  GLOBAL: 18,
  /** A manager: its server process, what it serves, and pipes: the door, and two for each connection. STATE 0: the door.
   *  STATE 1: pid of the server. STATE 2: its row. */
  MANAGER: 19,
  /** What a manager's server keeps: a dict, a list, a lock (`ManagedKind`). A STORE of a text tells what is in it. */
  MANAGED: 20,
  /** What `applyAsync` and its like return. Its words are in pool-row.ts. */
  RESULT: 21,
} as const;
export type ObjectKind = (typeof ObjectKind)[keyof typeof ObjectKind];

/** What a MANAGED object is; b of its OBJECT record. */
export const ManagedKind = {
  DICT: 1,
  LIST: 2,
  LOCK: 3,
  RLOCK: 4,
  SEMAPHORE: 5,
  EVENT: 6,
  QUEUE: 7,
  VALUE: 8,
  NAMESPACE: 9,
} as const;
export type ManagedKind = (typeof ManagedKind)[keyof typeof ManagedKind];

/** Words of the row of a process or thread, counted from STATE. */
export const ThreadWord = {
  /** Written by the kernel when the row is taken, last of all; 0 = the row is not filled yet. */
  PID: 4,
  /** Written by the kernel: 1 = daemon. */
  DAEMON: 5,
  /** Its bell, when it waits for several things at once (sync/poll.ts). */
  BELL: 6,
  /** Written by the kernel. */
  TID: 7,
  /** Of a process, added to by its threads: how many processes and threads it has made, started or not. */
  PROCESSES_MADE: 8,
  THREADS_MADE: 9,
} as const;

/** Word of the row of a lock, counted from STATE: tid of the holder, 0 = none. Only information (sync/lock.ts). */
export const LOCK_HOLDER = 1;

/** What an object is to the one that is made of it. */
export const PartRole = {
  /** queue, pool: where the items, the tasks, the results lie. */
  PIPE: 1,
  /** queue: who reads takes it first. */
  READ_LOCK: 2,
  WRITE_LOCK: 3,
  /** queue: the semaphore of free places. */
  SLOTS: 4,
  /** joinable queue: the semaphore of tasks not done. */
  UNFINISHED: 5,
  /** value, array, condition: the lock that goes with it. */
  LOCK: 6,
  /** pool: its queue of tasks, its queue of results. */
  TASKS: 7,
  RESULTS: 8,
  /** pool: a process of it (the process's row). */
  WORKER: 9,
  /** pool: the thread that collects results. */
  HANDLER: 10,
  /** manager: its server process. */
  SERVER: 11,
  /** duplex pipe: the other direction. */
  REVERSE: 12,
  /** joinable queue: the condition that `join` waits on. */
  ALL_DONE: 13,
  /** manager: something it keeps. */
  MANAGED: 14,
} as const;
export type PartRole = (typeof PartRole)[keyof typeof PartRole];

/** `multiprocessing.Value`'s type codes that we know: a 32-bit whole number, a double. */
export type TypeCode = 'i' | 'd';
