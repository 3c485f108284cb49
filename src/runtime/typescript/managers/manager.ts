import { asObjectId, type ObjectId } from '../../../base/ids.ts';
import { ObjectKind, PartRole, type ManagedKind } from '../../../abi/objects.ts';
import { End } from '../../../abi/pipe-row.ts';
import { Kind } from '../../../abi/record.ts';
import { current, type Child } from '../current.ts';
import { AssertionError, EOFError, OSError } from '../errors.ts';
import { createObject, createPart } from '../operation.ts';
import { initialisePipe } from '../pipe.ts';
import { PipeEnd } from '../pipe-end.ts';
import { Process } from '../process.ts';
import { setDoor, setServer } from './address.ts';
import { ask } from './client.ts';
import type { DictContent, DictProxy } from './dict-proxy.ts';
import type { ListProxy } from './list-proxy.ts';
import {
  managedOf,
  type EventProxy,
  type LockProxy,
  type NamespaceProxy,
  type QueueProxy,
  type ValueProxy,
} from './proxies.ts';

/** How long a server may take to end before it is terminated. */
const PATIENCE_SECONDS = 1;

/**
 * `multiprocessing.Manager`: starts a server process, which keeps what `dict`, `list` and the others make; whoever has one
 * of them asks the server. It ends with `shutdown`, or with the process that made it.
 */
export class SyncManager {
  readonly #object: ObjectId;
  readonly #server: Process;
  #isOver = false;

  /** Waits until the server is there. */
  constructor() {
    const thread = current();
    const { port } = thread;
    this.#object = createObject(ObjectKind.MANAGER);
    const door = createPart(this.#object, PartRole.PIPE, 'door', ObjectKind.PIPE, initialisePipe);
    setDoor(port, this.#object, door);
    // Open here until the server has opened its own.
    const ends = [PipeEnd.open(port, door, End.READ), PipeEnd.open(port, door, End.WRITE)];
    const name = `SyncManager-${[...thread.identity, thread.created + 1].join(':')}`;
    this.#server = new Process({ target: '@manager-server', args: [this.#object, port.self], name });
    try {
      this.#server.start();
      const { pid, object } = thread.children.at(-1) as Child;
      setServer(port, this.#object, pid, object);
      port.log(Kind.PART, PartRole.SERVER, object, this.#object, 0, 0);
      ask(this.#object, this.#object, 'hello');
    } finally {
      for (const end of ends) end.close(port);
    }
    thread.finalizers.push(() => this.shutdown());
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
    if (this.#isOver) return;
    this.#isOver = true;
    try {
      ask(this.#object, this.#object, 'shutdown');
    } catch (error) {
      // It has ended already.
      if (!(error instanceof OSError || error instanceof EOFError)) throw error;
    }
    this.#server.join(PATIENCE_SECONDS);
    if (!this.#server.isAlive()) return;
    this.#server.terminate();
    this.#server.join();
  }

  toString(): string {
    return '<SyncManager object>';
  }

  #create(typeId: string, args: readonly unknown[] = []): unknown {
    if (this.#isOver) throw new AssertionError('server not yet started');
    const thread = current();
    const name = thread.nameHint;
    thread.nameHint = '';
    const made = ask(this.#object, this.#object, 'create', [typeId, args, name]);
    const [object, kind] = made as readonly [number, ManagedKind];
    return managedOf(asObjectId(object), this.#object, kind);
  }
}
