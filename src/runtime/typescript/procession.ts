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
  MemoryError,
  OSError,
  OverflowError,
  PicklingError,
  RecursionError,
  RuntimeError,
  UnpicklingError,
  ValueError,
} from './errors.ts';
export { Event } from './event.ts';
export { Lock } from './lock.ts';
export type { DictProxy } from './managers/dict-proxy.ts';
export type { ListProxy } from './managers/list-proxy.ts';
export { SyncManager as Manager } from './managers/manager.ts';
export type { EventProxy, LockProxy, QueueProxy, ValueProxy } from './managers/proxies.ts';
export { cpuCount, currentProcess, exit, getpid, getppid } from './os.ts';
export { print } from './output.ts';
export { Pipe } from './pipe.ts';
export { activeChildren, Process, type ProcessOptions } from './process.ts';
export { compute, io, sleep } from './time.ts';
export { RLock } from './rlock.ts';
export { BoundedSemaphore, Semaphore } from './semaphore.ts';
export { Value } from './value.ts';
export { wait } from './wait.ts';
