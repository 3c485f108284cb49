import { asObjectId, type ObjectId, type Pid } from '../../../base/ids.ts';
import { ObjectKind, PartRole, type ManagedKind } from '../../../abi/objects.ts';
import { End } from '../../../abi/pipe-row.ts';
import { Kind } from '../../../abi/record.ts';
import { HostReset } from '../../host-reset.ts';
import { current } from '../current.ts';
import { AssertionError } from '../errors.ts';
import { Handle, SEND } from '../handle.ts';
import { createObject, createPart } from '../operation.ts';
import { initialisePipe } from '../pipes/pipe.ts';
import { PipeEnd } from '../pipes/pipe-end.ts';
import { Process } from '../process.ts';
import { refuseOutside } from '../codec/parcel.ts';
import { isOver, setDoor, setServer } from './address.ts';
import { ask } from './client.ts';
import type { DictContent, DictProxy } from './dict-proxy.ts';
import { offerTarget } from '../builtin-targets.ts';
import { finalize } from '../finalizers.ts';
import { shutdown, shutdownManagers } from './manager-end.ts';
import { serve } from './server.ts';
import type { ListProxy } from './list-proxy.ts';
import {
  managedOf,
  type EventProxy,
  type LockProxy,
  type NamespaceProxy,
  type QueueProxy,
  type ValueProxy,
} from './proxies.ts';
import { receives } from '../codec/receivers.ts';

/** Starts the server, and waits until it is there. */
function start(): ObjectId {
  const { port } = current();
  const manager = createObject(ObjectKind.MANAGER);
  const door = createPart(manager, PartRole.PIPE, 'door', ObjectKind.PIPE, initialisePipe);
  setDoor(port, manager, door);
  // Open here until the server has opened its own.
  const ends = [PipeEnd.open(port, door, End.READ), PipeEnd.open(port, door, End.WRITE)];
  try {
    const server = new Process({ target: '@manager-server', args: [manager, current().process] });
    server.name = server.name.replace('Process', 'SyncManager');
    server.start();
    const row = Process.rowOf(server);
    setServer(port, manager, server.pid as Pid, row);
    port.log(Kind.PART, PartRole.SERVER, row, manager, 0, 0);
    ask(manager, manager, 'hello');
  } catch (error) {
    // Of a process that is ended meanwhile the kernel closes all that is open, and says so.
    if (!(error instanceof HostReset)) for (const end of ends) end.close(port);
    throw error;
  }
  for (const end of ends) end.close(port);
  return manager;
}

/**
 * `multiprocessing.Manager`: starts a server process, which keeps what `dict`, `list` and the others make; whoever has one
 * of them asks the server. It ends with `shutdown`, or with the process that made it.
 */
export class SyncManager extends Handle {
  constructor() {
    super(start);
  }

  /** Items of `content`: a plain object, a Map, pairs. */
  dict<T extends Readonly<Record<string, unknown>>>(content?: T): DictProxy & { -readonly [K in keyof T]: T[K] };
  dict(content: Iterable<readonly [unknown, unknown]>): DictProxy;
  dict(content: DictContent = []): DictProxy {
    return this.#create('dict', [content]) as DictProxy;
  }

  list<T>(content: Iterable<T> = []): ListProxy<T> {
    return this.#create('list', [content]) as ListProxy<T>;
  }

  Lock(): LockProxy {
    return this.#create('Lock') as LockProxy;
  }

  RLock(): LockProxy {
    return this.#create('RLock') as LockProxy;
  }

  Semaphore(value = 1): LockProxy {
    return this.#create('Semaphore', [value]) as LockProxy;
  }

  BoundedSemaphore(value = 1): LockProxy {
    return this.#create('BoundedSemaphore', [value]) as LockProxy;
  }

  Event(): EventProxy {
    return this.#create('Event') as EventProxy;
  }

  Queue<T>(maxsize = 0): QueueProxy<T> {
    return this.#create('Queue', [maxsize]) as QueueProxy<T>;
  }

  /** `typeCode` is there for CPython's sake only. */
  Value<T>(typeCode: string, value: T): ValueProxy<T> {
    return this.#create('Value', [typeCode, value]) as ValueProxy<T>;
  }

  Namespace<T extends Readonly<Record<string, unknown>>>(
    content?: T,
  ): NamespaceProxy & { -readonly [K in keyof T]: T[K] } {
    return this.#create('Namespace', [content ?? {}]) as NamespaceProxy & { -readonly [K in keyof T]: T[K] };
  }

  /** Ends the server; what it keeps is gone. Nothing happens if that was done before. */
  shutdown(): void {
    shutdown(current().port, this.object);
  }

  override toString(): string {
    return '<SyncManager object>';
  }

  /** Only threads of the same process may have it. */
  [SEND](): readonly [kind: string, ...details: unknown[]] {
    refuseOutside('SyncManager');
    return ['Manager', this.object];
  }

  #create(typeId: string, args: readonly unknown[] = []): unknown {
    const thread = current();
    if (isOver(thread.port, this.object)) throw new AssertionError('server not yet started');
    const name = thread.nameHint;
    thread.nameHint = '';
    const made = ask(this.object, this.object, 'create', [typeId, args, name]);
    const [object, kind] = made as readonly [number, ManagedKind];
    return managedOf(asObjectId(object), this.object, kind);
  }
}

receives('Manager', (object) => Handle.receive(object, () => new SyncManager()));
offerTarget('@manager-server', serve);
finalize(10, shutdownManagers);
