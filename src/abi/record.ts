/**
 * The log: fixed-size records of eight words.
 *
 *   word 0   kind (bits 0–7) | aux (bits 8–15) | cpu + 1, 0 = none (bits 16–23)
 *   word 1   tick (stepped) or microseconds since the start of the run (live)
 *   word 2   tid the record is about; 0 = none
 *   word 3   object; 0 = none
 *   word 4–6 a, b, c: meaning by kind
 *   word 7   the record's number + 1, written last: a reader knows that the record is whole
 *
 * What `aux`, a, b and c say is written beside each kind. Texts are offsets into the text store.
 */
export const Kind = {
  /** A thread exists, state New. aux `ThreadKind`; object its own row; a pid, b text of the name, c parent tid (0: none). */
  CREATED: 1,
  /** New or Blocked → Ready. aux `ReadyCause`; object what it had waited for; a tid that caused it (0: the clock),
   *  b rank: smaller is dispatched first, equal ranks in order of arrival; c priority. */
  READY: 2,
  /** Ready → Running. cpu; a quantum in ticks (0: none); b rank; c tick at which the quantum began. */
  DISPATCHED: 3,
  /** Running → Ready. cpu it leaves; aux `PreemptCause`; a tid that takes its place (0: unknown), b new rank. */
  PREEMPTED: 4,
  /** Running → Blocked. cpu it leaves; aux `BlockReason`; object; a tick at which it gives up (-1: never), b line. */
  BLOCKED: 5,
  /** A waiter was chosen; it becomes Ready at the next tick. object; a tid of the waker (0: the clock). */
  WOKEN: 6,
  /** → Terminated. cpu it leaves; aux `EndCause`; a exit code, b text of message or traceback. */
  TERMINATED: 7,
  /** A step begins. cpu; a source line, b ordinal of the step in the run (from 1), aux 1: c text of the instruction that
   *  is executed, where each is a step. */
  LINE: 8,
  /** A primitive was called that may have to wait. aux `Operation`; object; a an argument (count, pid, ticks), b line. A call
   *  that is done at once has only its DONE. */
  CALL: 9,
  /** It came back. aux `Operation`; object; a `Outcome`, b a result (exit code, counter of a semaphore,
   *  depth of a recursive lock, who has arrived at a barrier). */
  DONE: 10,
  /** A shared variable was read. aux `ValueForm`; object; a, b halves of the value as a double, or a text of the value;
   *  c index in an array. */
  LOAD: 11,
  /** A shared variable was written. As LOAD. */
  STORE: 12,
  /** Bytes were written to / read from a pipe. object the pipe; a bytes, b 1 = the end of a message, c text of what was
   *  sent or received, as it would be printed and shortened, when it is whole. */
  SEND: 13,
  RECEIVE: 14,
  /** Output. aux 1 = stdout, 2 = stderr; a text. */
  PRINT: 15,
  /** An object exists. aux `ObjectKind`; object; a text of the name; b first state word (counter, flag), c second (of a
   *  semaphore: its limit, of a barrier: its parties, of a lock: 1 = fair). Of a condition b is the object that is its lock; of a shared variable
   *  b, c are the halves of its value as a double, whatever its type; of an array b is its length, c `ValueForm`: its
   *  elements are 0 but for the STOREs that follow. */
  OBJECT: 16,
  /** A choice among two or more threads. cpu; tid the one taken; a how many could have been, b 1 = chosen by the user. */
  PICK: 17,
  /** Something from outside. aux `InputKind`; a: tid, pid, size or text of what was typed, b: the exit code of a kill. */
  INPUT: 18,
  /** MLFQ: every thread is back at the top level; all ranks become 0. */
  BOOST: 19,
  /** An object is made of others. aux `PartRole`; object the part; a the whole. Comes after both OBJECT (or CREATED). */
  PART: 21,
  /** An end of a pipe was opened or closed in a process. aux 1 = open, 0 = closed; object the pipe; a 0 = its read end,
   *  1 = its write end; b pid; c how many such ends are open now, in all processes. */
  PIPE_END: 22,
  /** Python engine: the thread is in another function of the program's. aux 1 = it has entered one: a text of its name, b its
   *  depth, 0 = outermost. aux 0 = it has left all from depth b on. */
  FRAME: 23,
  /** Python engine: what the step has done to a variable. aux `VariableChange`; a text `name=value`, the value as `repr` would
   *  say it and shortened; of one that is gone only its name; b depth of its function. */
  VARIABLE: 24,
  /** The run has stopped for good. aux `Outcome` of the run (`RunEnd`); a text of a message. */
  END: 20,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

export const ReadyCause = { CREATED: 1, WOKEN: 2, TIMER: 3, IO: 4, TIMED_OUT: 5, ARRIVED: 6 } as const;
export type ReadyCause = (typeof ReadyCause)[keyof typeof ReadyCause];

export const PreemptCause = { QUANTUM: 1, PRIORITY: 2, SHORTER: 3, PICK: 4, DEMOTED: 5, RANDOM: 6 } as const;
export type PreemptCause = (typeof PreemptCause)[keyof typeof PreemptCause];

/** Of a VARIABLE record: of a function of the thread's, or of its process; it has another value, or none. */
export const VariableChange = { LOCAL: 0, GLOBAL: 1, LOCAL_GONE: 2, GLOBAL_GONE: 3 } as const;
export type VariableChange = (typeof VariableChange)[keyof typeof VariableChange];

export const BlockReason = {
  SLEEP: 1,
  IO: 2,
  LOCK: 3,
  EVENT: 4,
  JOIN: 5,
  OTHER: 6,
  SEMAPHORE: 7,
  CONDITION: 8,
  BARRIER: 9,
  /** `recv`: nothing is in the pipe, and somebody may still write. */
  PIPE_EMPTY: 10,
  /** `send`: the pipe is full. */
  PIPE_FULL: 11,
  /** `AsyncResult.get`, `wait`, and all of a pool that waits for them. */
  RESULT: 12,
  /** For several things at once. */
  POLL: 13,
  /** For a line that somebody types. */
  INPUT: 14,
} as const;
export type BlockReason = (typeof BlockReason)[keyof typeof BlockReason];

export const EndCause = {
  RETURNED: 1,
  /** `exit(n)`. */
  EXITED: 2,
  /** An exception nobody caught: exit code 1. */
  RAISED: 3,
  /** terminate: -15, kill: -9. */
  KILLED: 4,
  /** No checkpoint for HOST_HANG_MS. */
  HUNG: 5,
  /** Its worker died. */
  HOST_DIED: 6,
  /** A daemon, ended by its parent's normal end; or a thread that is no main thread, ended with its process. */
  DAEMON: 7,
} as const;
export type EndCause = (typeof EndCause)[keyof typeof EndCause];

export const Operation = {
  ACQUIRE: 1,
  RELEASE: 2,
  WAIT: 3,
  SET: 4,
  CLEAR: 5,
  IS_SET: 6,
  JOIN: 7,
  START: 8,
  SLEEP: 9,
  IO: 10,
  TERMINATE: 11,
  /** semaphore: result is the counter. */
  GET_VALUE: 12,
  /** condition: argument is how many at most, result how many were woken. */
  NOTIFY: 13,
  NOTIFY_ALL: 14,
  /** barrier: result is how many have arrived. */
  ARRIVE: 15,
  /** barrier: the last one has arrived, and lets all pass. */
  PASS: 16,
  RESET: 17,
  /** barrier: broken, by a call or by a wait whose time was up. */
  ABORT: 18,
  /** queue. */
  PUT: 19,
  GET: 20,
  TASK_DONE: 21,
  /** connection: object is the pipe. */
  SEND: 22,
  RECEIVE: 23,
  POLL: 24,
  CLOSE: 25,
  /** pool: a task was handed in; result is its number, from 1. Of SUBMIT, TASK and CALLBACK the object is the pool and c the
   *  row of the result. */
  SUBMIT: 26,
  /** pool's worker: it does a task; argument and result are its number. DONE by the pool's handler, with outcome FALSE: the
   *  task is lost, because its worker has ended. */
  TASK: 27,
  /** pool's handler: a callback runs; argument and result are the number of the first of its tasks. */
  CALLBACK: 28,
  /** pool: argument is the new number of workers. */
  RESIZE: 29,
  /** manager: a request to its server; object is what it keeps. */
  REQUEST: 30,
} as const;
export type Operation = (typeof Operation)[keyof typeof Operation];

export const Outcome = { OK: 1, FALSE: 2, TIMED_OUT: 3, ERROR: 4 } as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** How LOAD and STORE say a value: an int32 or a double in a and b, or a text in a, as it would be printed. */
export const ValueForm = { INTEGER: 0, DOUBLE: 1, TEXT: 2 } as const;
export type ValueForm = (typeof ValueForm)[keyof typeof ValueForm];

/** LINE: a line was typed, its end included; an empty text is the end of the file. */
export const InputKind = { PICK: 1, KILL: 2, POOL: 3, LINE: 4 } as const;
export type InputKind = (typeof InputKind)[keyof typeof InputKind];

/** How a run ended; the words of `status().outcome`. */
export const RunEnd = { FINISHED: 1, DEADLOCK: 2, FAILED: 3, LIMIT: 4 } as const;
export type RunEnd = (typeof RunEnd)[keyof typeof RunEnd];

/** Message of a live run that the user has stopped. */
export const STOPPED = 'stopped';

export const Stream = { STDOUT: 1, STDERR: 2 } as const;
export type Stream = (typeof Stream)[keyof typeof Stream];

/** Word 0 of a record. `cpu` is -1 where none is concerned. */
export function header(kind: number, aux: number, cpu: number): number {
  return kind | (aux << 8) | ((cpu + 1) << 16);
}

export const kindOf = (word0: number): number => word0 & 0xff;
export const auxOf = (word0: number): number => (word0 >>> 8) & 0xff;
export const cpuOf = (word0: number): number => ((word0 >>> 16) & 0xff) - 1;
