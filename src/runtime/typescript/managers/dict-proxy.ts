import type { ObjectId } from '../../../base/ids.ts';
import { ManagedKind } from '../../../abi/objects.ts';
import { memberOf } from '../members.ts';
import { isMethod, Managed } from './managed.ts';

/** What a dict can be made of. */
export type DictContent = Readonly<Record<string, unknown>> | Iterable<readonly [unknown, unknown]>;

/**
 * Members that are no methods are items: `d['n'] -= 1` is a request for the item and one that stores it, and others may come
 * between. An item that is called as a method is got at with `get` and `set`.
 */
const ITEMS: ProxyHandler<DictProxy> = {
  get: (target, key) =>
    typeof key === 'symbol' || isMethod(DictProxy.prototype, key) ? memberOf(target, key) : target.read(key),
  set(target, key, value: unknown) {
    if (typeof key === 'symbol') return false;
    target.set(key, value);
    return true;
  },
  has: (target, key) => (typeof key === 'symbol' ? key in target : target.has(key)),
  deleteProperty(target, key) {
    if (typeof key === 'symbol') return false;
    target.delete(key);
    return true;
  },
  ownKeys: (target) => target.keys().map(String),
  getOwnPropertyDescriptor(target, key) {
    if (typeof key === 'symbol' || !target.has(key)) return undefined;
    return { value: target.read(key), writable: true, enumerable: true, configurable: true };
  },
};

/** `manager.dict()`: every method is a request to the server. */
export class DictProxy extends Managed {
  constructor(object: ObjectId, manager: ObjectId) {
    super(object, manager, ManagedKind.DICT, 'DictProxy');
    return new Proxy(this, ITEMS);
  }

  /** @throws KeyError */
  read(key: unknown): unknown {
    return this.request('read', [key]);
  }

  get(key: unknown, otherwise: unknown = null): unknown {
    return this.request('get', [key, otherwise]);
  }

  set(key: unknown, value: unknown): void {
    this.request('set', [key, value]);
  }

  has(key: unknown): boolean {
    return this.request('has', [key]) as boolean;
  }

  /** @throws KeyError */
  delete(key: unknown): void {
    this.request('delete', [key]);
  }

  /** Removes an item and returns it, or `otherwise` if there is none. @throws KeyError when nothing was given for that */
  pop(key: unknown, ...otherwise: readonly [unknown?]): unknown {
    return this.request('pop', [key, ...otherwise]);
  }

  /** Removes the item that was added last. @throws KeyError when there is none */
  popitem(): [key: unknown, value: unknown] {
    return this.request('popitem') as [unknown, unknown];
  }

  setdefault(key: unknown, value: unknown = null): unknown {
    return this.request('setdefault', [key, value]);
  }

  update(content: DictContent): void {
    this.request('update', [content]);
  }

  clear(): void {
    this.request('clear');
  }

  /** A plain object if all keys are texts, else a Map. */
  copy(): unknown {
    return this.request('copy');
  }

  keys(): unknown[] {
    return this.request('keys') as unknown[];
  }

  values(): unknown[] {
    return this.request('values') as unknown[];
  }

  items(): [key: unknown, value: unknown][] {
    return this.request('items') as [unknown, unknown][];
  }

  get size(): number {
    return this.request('size') as number;
  }

  /** The keys, as Python goes through a dict. */
  [Symbol.iterator](): Iterator<unknown> {
    return this.keys()[Symbol.iterator]();
  }

  protected override held(): unknown {
    return this.copy();
  }
}
