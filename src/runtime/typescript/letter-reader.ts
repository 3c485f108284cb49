import { asObjectId, asPid } from '../../base/ids.ts';
import type { ManagedKind, TypeCode } from '../../abi/objects.ts';
import { decodeText } from '../../abi/text.ts';
import { SharedArray } from './array.ts';
import { AsyncResult } from './pools/async-result.ts';
import { Barrier } from './barrier.ts';
import { Condition } from './condition.ts';
import { Connection } from './connection.ts';
import { Event } from './event.ts';
import { Handle } from './handle.ts';
import { JoinableQueue } from './joinable-queue.ts';
import { packer, type Letter } from './letter-writer.ts';
import { Lock } from './lock.ts';
import { SyncManager } from './managers/manager.ts';
import { managedOf } from './managers/proxies.ts';
import { decode, encode } from './message.ts';
import { Pool } from './pools/pool.ts';
import { PoolQueue } from './pools/pool-queue.ts';
import { Process } from './process.ts';
import type { Instance } from './program.ts';
import { Queue } from './queue.ts';
import { RLock } from './rlock.ts';
import { BoundedSemaphore, Semaphore } from './semaphore.ts';
import { SimpleQueue } from './simple-queue.ts';
import { threadingHandleOf } from './threading-handles.ts';
import { Value } from './value.ts';

/** Makes a handle from what its class gave to `SEND`. */
export function handleOf([kind, first, ...rest]: readonly unknown[]): unknown {
  const object = asObjectId(first as number);
  switch (kind) {
    case 'Lock':
      return Handle.receive(object, () => new Lock());
    case 'Event':
      return Handle.receive(object, () => new Event());
    case 'Barrier': {
      const [parties, action, timeout] = rest as [number, string | null, number | null];
      return Handle.receive(object, () => Barrier.ofNamed(parties, action, timeout));
    }
    case 'Condition': {
      const lock = handleOf(rest) as Lock | RLock;
      return Handle.receive(object, () => new Condition(lock));
    }
    case 'JoinableQueue': {
      const [maxsize, ...parts] = rest as number[];
      return Handle.receive(object, () => new JoinableQueue(maxsize, parts));
    }
    case 'Queue': {
      const [maxsize, ...parts] = rest as number[];
      return Handle.receive(object, () => new Queue(maxsize, parts));
    }
    case 'SimpleQueue':
      return Handle.receive(object, () => new SimpleQueue(rest as number[]));
    case 'RLock':
      return Handle.receive(object, () => new RLock());
    case 'Semaphore':
      return Handle.receive(object, () => new Semaphore());
    case 'BoundedSemaphore':
      return Handle.receive(object, () => new BoundedSemaphore());
    case 'Connection':
      return Connection.receive([first, ...rest] as (number | null)[]);
    case 'Array':
      return Handle.receive(object, () => new SharedArray(rest[0] as TypeCode, 0));
    case 'Manager':
      return Handle.receive(object, () => new SyncManager());
    case 'Managed':
      return managedOf(object, ...(rest as [number, ManagedKind]));
    case 'Value':
      return Handle.receive(object, () => new Value(rest[0] as TypeCode));
    case 'Process': {
      const [pid, parentPid, name, daemon] = rest as [number, number, string, boolean];
      return Process.ofStarted({ object, pid: asPid(pid), parentPid: asPid(parentPid) }, name, daemon);
    }
    case 'Pool': {
      const [tasks, replies] = rest as [readonly unknown[], readonly unknown[]];
      return Pool.ofParts(object, handleOf(tasks) as PoolQueue, handleOf(replies) as PoolQueue);
    }
    case 'AsyncResult':
      return new AsyncResult(object);
    case 'PoolQueue':
      return PoolQueue.receive([first, ...rest] as (number | null)[]);
    default:
      return threadingHandleOf(kind, object, rest, handleOf);
  }
}

/** A letter whose arguments are still packed: to read them, the process must be there. */
export interface SealedLetter extends Omit<Letter, 'args'> {
  readonly packed: Uint8Array;
}

/** The run's first process gets its program's parameters as plain JSON from the kernel, which knows no codec. */
export function openParameters(bytes: Uint8Array): SealedLetter {
  const parameters: unknown = JSON.parse(decodeText(bytes));
  return { identity: [], daemon: false, packed: encode([parameters], { functions: {} }) };
}

export function openLetter(bytes: Uint8Array): SealedLetter {
  const [identity, daemon, packed] = packer.unpack(bytes) as [number[], boolean, Uint8Array];
  return { identity, daemon, packed };
}

/** Precondition: `current()` is the process that receives them, and `program` its own instance. */
export function readArguments(letter: SealedLetter, program: Instance): readonly unknown[] {
  return decode(letter.packed, program, handleOf) as readonly unknown[];
}
