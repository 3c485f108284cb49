/** What programs import: `import { Process, Lock } from 'procession'`. */
export type { Pid } from '../../base/ids.ts';
export { SharedArray as Array } from './array.ts';
export { Barrier, type BarrierAction } from './barrier.ts';
export { Condition } from './condition.ts';
export type { Connection } from './connection.ts';
export {
  AssertionError,
  AttributeError,
  BrokenBarrierError,
  BrokenPipeError,
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
export { Event } from './event.ts';
export { JoinableQueue } from './joinable-queue.ts';
export { Lock, type LockOptions } from './lock.ts';
export type { DictProxy } from './managers/dict-proxy.ts';
export type { ListProxy } from './managers/list-proxy.ts';
export { SyncManager as Manager } from './managers/manager.ts';
export type { EventProxy, LockProxy, NamespaceProxy, QueueProxy, ValueProxy } from './managers/proxies.ts';
export { cpuCount, currentProcess, exit, getpid, getppid } from './os.ts';
export { print } from './output.ts';
export { Pipe } from './pipe.ts';
export { Pool } from './pools/pool.ts';
export type { AsyncResult } from './pools/async-result.ts';
export type { PoolIterator } from './pools/pool-iterator.ts';
export { activeChildren, Process, type ProcessOptions } from './process.ts';
export { Queue } from './queue.ts';
export { SimpleQueue } from './simple-queue.ts';
export { activeCount, currentThread, getIdent, mainThread, Thread, type ThreadOptions } from './thread.ts';
export * as threading from './threading.ts';
export { compute, io, perfCounter, sleep } from './time.ts';
export { RLock } from './rlock.ts';
export { BoundedSemaphore, Semaphore } from './semaphore.ts';
export { Value } from './value.ts';
export { wait } from './wait.ts';
