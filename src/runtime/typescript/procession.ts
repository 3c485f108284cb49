/** What programs import: `import { Process, Lock } from 'procession'`. */
export type { Pid } from '../../base/ids.ts';
export { SharedArray as Array } from './array.ts';
export { Barrier, type BarrierAction } from './barrier.ts';
export { Condition } from './condition.ts';
export {
  AssertionError,
  AttributeError,
  BrokenBarrierError,
  IndexError,
  KeyError,
  MemoryError,
  OverflowError,
  PicklingError,
  RecursionError,
  RuntimeError,
  UnpicklingError,
  ValueError,
} from './errors.ts';
export { Event } from './event.ts';
export { Lock, type LockOptions } from './lock.ts';
export { cpuCount, currentProcess, exit, getpid, getppid } from './os.ts';
export { print } from './output.ts';
export { activeChildren, Process, type ProcessOptions } from './process.ts';
export { activeCount, currentThread, getIdent, mainThread, Thread, type ThreadOptions } from './thread.ts';
export * as threading from './threading.ts';
export { compute, io, sleep } from './time.ts';
export { RLock } from './rlock.ts';
export { BoundedSemaphore, Semaphore } from './semaphore.ts';
export { Value } from './value.ts';
