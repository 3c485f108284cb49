import { asObjectId, type ObjectId } from '../../../base/ids.ts';
import { ManagedKind } from '../../../abi/objects.ts';
import { memberOf } from '../members.ts';
import { timeoutTicks } from '../operation.ts';
import { DictProxy } from './dict-proxy.ts';
import { ListProxy } from './list-proxy.ts';
import { isMethod, Managed } from './managed.ts';
import { receives } from '../codec/receivers.ts';

/** `manager.Lock()`, `RLock()`, `Semaphore()`. The server answers who has to wait later, and the others meanwhile. */
export class LockProxy extends Managed {
  constructor(object: ObjectId, manager: ObjectId, kind: ManagedKind) {
    super(object, manager, kind, 'AcquirerProxy');
  }

  /** As `Lock.acquire`. */
  acquire(blocking = true, timeout: number | null = null): boolean {
    return this.request('acquire', [], blocking ? timeoutTicks(timeout) : 0) as boolean;
  }

  /** @throws RuntimeError when nobody holds it */
  release(): void {
    this.request('release');
  }
}

/** `manager.Event()`. */
export class EventProxy extends Managed {
  constructor(object: ObjectId, manager: ObjectId) {
    super(object, manager, ManagedKind.EVENT, 'EventProxy');
  }

  isSet(): boolean {
    return this.request('isSet') as boolean;
  }

  set(): void {
    this.request('set');
  }

  clear(): void {
    this.request('clear');
  }

  wait(timeout: number | null = null): boolean {
    return this.request('wait', [], timeoutTicks(timeout)) as boolean;
  }
}

/** `manager.Queue()`. */
export class QueueProxy<T> extends Managed {
  constructor(object: ObjectId, manager: ObjectId) {
    super(object, manager, ManagedKind.QUEUE, 'AutoProxy[Queue]');
  }

  /** @throws Full when there was no room in time */
  put(item: T, block = true, timeout: number | null = null): void {
    this.request('put', [item], block ? timeoutTicks(timeout) : 0);
  }

  /** @throws Empty when nothing came in time */
  get(block = true, timeout: number | null = null): T {
    return this.request('get', [], block ? timeoutTicks(timeout) : 0) as T;
  }

  qsize(): number {
    return this.request('qsize') as number;
  }

  empty(): boolean {
    return this.request('empty') as boolean;
  }

  full(): boolean {
    return this.request('full') as boolean;
  }
}

/** `manager.Value()`: holds any value; `v.value += 1` is two requests. */
export class ValueProxy<T> extends Managed {
  constructor(object: ObjectId, manager: ObjectId) {
    super(object, manager, ManagedKind.VALUE, 'ValueProxy');
  }

  get value(): T {
    return this.request('get') as T;
  }

  set value(value: T) {
    this.request('set', [value]);
  }

  protected override held(): unknown {
    return this.value;
  }
}

/** Members that are no methods are kept by the server. */
const ATTRIBUTES: ProxyHandler<NamespaceProxy> = {
  get: (target, key) =>
    typeof key === 'symbol' || isMethod(NamespaceProxy.prototype, key) ? memberOf(target, key) : target.read(key),
  set(target, key, value: unknown) {
    if (typeof key === 'symbol') return false;
    target.write(key, value);
    return true;
  },
  deleteProperty(target, key) {
    if (typeof key === 'symbol') return false;
    target.delete(key);
    return true;
  },
};

/** `manager.Namespace()`: `n.x = 1` is a request. */
export class NamespaceProxy extends Managed {
  constructor(object: ObjectId, manager: ObjectId) {
    super(object, manager, ManagedKind.NAMESPACE, 'NamespaceProxy');
    return new Proxy(this, ATTRIBUTES);
  }

  /** @throws AttributeError */
  read(name: string): unknown {
    return this.request('read', [name]);
  }

  write(name: string, value: unknown): void {
    this.request('write', [name, value]);
  }

  /** @throws AttributeError */
  delete(name: string): void {
    this.request('delete', [name]);
  }

  protected override held(): unknown {
    return this.request('copy');
  }
}

/** For the codec, and for managers. */
export function managedOf(object: ObjectId, managerNumber: number, kind: ManagedKind): Managed {
  const manager = asObjectId(managerNumber);
  switch (kind) {
    case ManagedKind.DICT:
      return new DictProxy(object, manager);
    case ManagedKind.LIST:
      return new ListProxy(object, manager);
    case ManagedKind.EVENT:
      return new EventProxy(object, manager);
    case ManagedKind.QUEUE:
      return new QueueProxy(object, manager);
    case ManagedKind.VALUE:
      return new ValueProxy(object, manager);
    case ManagedKind.NAMESPACE:
      return new NamespaceProxy(object, manager);
    default:
      return new LockProxy(object, manager, kind);
  }
}

receives('Managed', (object, details) => managedOf(object, ...(details as [number, ManagedKind])));
