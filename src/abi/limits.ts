/** Most hosts a run may use at once; the setting may be raised to `MAX_SLOTS`. */
export const DEFAULT_HOSTS = 64;
/** Places for hosts in shared memory. Firefox never starts a 513th worker of an origin, and raises no error. */
export const MAX_SLOTS = 256;
/** Most threads over the whole life of one run. */
export const MAX_THREADS = 4096;
export const MAX_CPUS = 16;
/** Rows of the object table. */
export const MAX_OBJECTS = 16_384;
/** Bytes a host can hand over at once: arguments of a new process, a printed text, a traceback. */
export const MAILBOX_BYTES = 32_768;
/** Bytes for all texts of a run (names, prints, tracebacks). */
export const TEXT_STORE_BYTES = 8 << 20;
/** Bytes for what lies in shared memory and is longer than a row: pipe buffers, arrays, values of globals and results. */
export const HEAP_BYTES = 16 << 20;
/** Bytes of the disk of the Python engine, all tables included; what is not used takes no memory. */
export const DISK_BYTES = 64 << 20;
/** Bytes a pipe holds before a writer waits, as on Linux. */
export const PIPE_CAPACITY = 65_536;
/** The same of a queue's pipe in live mode: CPython's queues have a buffer without end in front of theirs. */
export const LIVE_QUEUE_CAPACITY = 262_144;
/** Open ends of pipes, of all processes together. */
export const MAX_DESCRIPTORS = 4096;
/** Registrations of threads that wait for several things at once. */
export const MAX_WATCHES = 4096;
/** Records the log holds before its reader must have taken the oldest ones; a power of two. */
export const LOG_CAPACITY = 1 << 20;
/** A run pauses with outcome `limit` at these numbers, and can be told to go on. */
export const RECORD_LIMIT = 1_000_000;
export const STEP_LIMIT = 200_000;
/** The longest time that a program may sleep, and the last tick that a schedule may name; a longer wait is one for ever. */
export const MAX_TICKS = 2 ** 30;
/** Bytes of a line that is typed, its end not counted: as many as a terminal of Linux takes. */
export const MAX_LINE_BYTES = 4095;
/** The clock is a word: a run ends before it shows this. In live mode it counts microseconds: 35 minutes. */
export const LAST_TICK = 0x7fff_ffff;
/** A host that has not come back to a checkpoint after this time is stopped, and its process with it. */
export const HOST_HANG_MS = 5_000;
/** A new worker that has not parked after this time will not come. */
export const HOST_START_MS = 20_000;
