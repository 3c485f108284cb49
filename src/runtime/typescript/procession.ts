/** What programs import: `import { Process, Lock } from 'procession'`. */
export type { Pid } from '../../base/ids.ts';
export { SharedArray as Array } from './array.ts';
export { Barrier, type BarrierAction } from './locks/barrier.ts';
export { Condition } from './locks/condition.ts';
export type { Connection } from './pipes/connection.ts';
export {
  AssertionError,
  AttributeError,
  BrokenBarrierError,
  BrokenPipeError,
  BufferTooShort,
  ConnectionRefusedError,
  Empty,
  EOFError,
  Full,
  IndexError,
  KeyError,
  MaybeEncodingError,
  MemoryError,
  NotImplementedError,
  OSError,
  OverflowError,
  PicklingError,
  RecursionError,
  RemoteTraceback,
  RuntimeError,
  TimeoutError,
  UnpicklingError,
  ValueError,
} from './errors.ts';
export { Event } from './locks/event.ts';
export { JoinableQueue } from './pipes/joinable-queue.ts';
export { Lock, type LockOptions } from './locks/lock.ts';
export type { DictProxy } from './managers/dict-proxy.ts';
export type { ListProxy } from './managers/list-proxy.ts';
export { SyncManager as Manager } from './managers/manager.ts';
export type { EventProxy, LockProxy, NamespaceProxy, QueueProxy, ValueProxy } from './managers/proxies.ts';
export { cpuCount, currentProcess, exit, getpid, getppid } from './os.ts';
export { print } from './output.ts';
export { Pipe } from './pipes/pipe.ts';
export { Pool } from './pools/pool.ts';
export type { AsyncResult } from './pools/async-result.ts';
export type { PoolIterator } from './pools/pool-iterator.ts';
export { activeChildren, Process, type ProcessOptions } from './process.ts';
export { Queue } from './pipes/queue.ts';
export { SimpleQueue } from './pipes/simple-queue.ts';
export { activeCount, currentThread, getIdent, mainThread, Thread, type ThreadOptions } from './threads/thread.ts';
export * as threading from './threads/threading.ts';
export { compute, io, perfCounter, sleep } from './time.ts';
export { RLock } from './locks/rlock.ts';
export { BoundedSemaphore, Semaphore } from './locks/semaphore.ts';
export { Value } from './value.ts';
export { wait } from './pipes/wait.ts';
