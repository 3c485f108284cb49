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
  /** First of the words whose meaning the kind gives. Rows are 64 bytes, so STATE (word 4) is fit for a double. */
  STATE: 4,
} as const;

export const ObjectKind = {
  NONE: 0,
  /** STATE 0: exit word (0 while it lives, then 1). STATE 1: exit code. STATE 2–3: its place in a line (sync/waiting-line). */
  PROCESS: 1,
  THREAD: 2,
  LOCK: 3,
  EVENT: 4,
  /** A shared variable, `multiprocessing.Value`. STATE 0–1: the value, an int32 in word 0 or a double in both. */
  VALUE: 5,
  /** A simulated device. */
  DEVICE: 6,
  RLOCK: 7,
  SEMAPHORE: 8,
  BOUNDED_SEMAPHORE: 9,
  CONDITION: 10,
  BARRIER: 11,
  PIPE: 12,
  QUEUE: 13,
  POOL: 14,
} as const;
export type ObjectKind = (typeof ObjectKind)[keyof typeof ObjectKind];

/** `multiprocessing.Value`'s type codes that we know: a 32-bit whole number, a double. */
export type TypeCode = 'i' | 'd';
