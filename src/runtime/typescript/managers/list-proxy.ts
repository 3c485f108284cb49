import type { ObjectId } from '../../../base/ids.ts';
import { ManagedKind } from '../../../abi/objects.ts';
import { IndexError } from '../errors.ts';
import { indexOf, memberOf } from '../members.ts';
import { Managed } from './managed.ts';

/** `l[0] += 1` is a request for the item and one that stores it, and others may come between. */
const ITEMS: ProxyHandler<ListProxy<unknown>> = {
  get(target, key) {
    const index = indexOf(key);
    return index === null ? memberOf(target, key) : target.read(index);
  },
  set(target, key, value: unknown) {
    const index = indexOf(key);
    if (index === null) return Reflect.set(target, key, value, target);
    target.write(index, value);
    return true;
  },
  deleteProperty(target, key) {
    const index = indexOf(key);
    if (index === null) return Reflect.deleteProperty(target, key);
    target.delete(index);
    return true;
  },
};

/** `manager.list()`: every method is a request to the server. */
export class ListProxy<T> extends Managed {
  [index: number]: T;

  constructor(object: ObjectId, manager: ObjectId) {
    super(object, manager, ManagedKind.LIST, 'ListProxy');
    return new Proxy(this, ITEMS as ProxyHandler<this>);
  }

  /** @throws IndexError */
  read(index: number): T {
    return this.request('read', [index]) as T;
  }

  /** @throws IndexError */
  write(index: number, value: T): void {
    this.request('write', [index, value]);
  }

  /** @throws IndexError */
  delete(index: number): void {
    this.request('delete', [index]);
  }

  append(value: T): void {
    this.request('append', [value]);
  }

  extend(values: Iterable<T>): void {
    this.request('extend', [Array.from(values)]);
  }

  insert(index: number, value: T): void {
    this.request('insert', [index, value]);
  }

  /** Removes an item, the last one if none is named. @throws IndexError */
  pop(index = -1): T {
    return this.request('pop', [index]) as T;
  }

  /** Removes the first that is equal. @throws ValueError when there is none */
  remove(value: T): void {
    this.request('remove', [value]);
  }

  /** @throws ValueError when there is none */
  index(value: T): number {
    return this.request('index', [value]) as number;
  }

  includes(value: T): boolean {
    return this.request('includes', [value]) as boolean;
  }

  count(value: T): number {
    return this.request('count', [value]) as number;
  }

  /** @throws TypeError when two of them have no order */
  sort({ reverse = false }: { readonly reverse?: boolean } = {}): void {
    this.request('sort', [reverse]);
  }

  reverse(): void {
    this.request('reverse');
  }

  clear(): void {
    this.request('clear');
  }

  slice(start?: number, end?: number): T[] {
    return this.request('slice', [start, end]) as T[];
  }

  get length(): number {
    return this.request('length') as number;
  }

  /** One request for each item, until there is none, as in CPython. */
  *[Symbol.iterator](): Generator<T> {
    for (let index = 0; ; index += 1) {
      let item: T;
      try {
        item = this.read(index);
      } catch (error) {
        if (error instanceof IndexError) return;
        throw error;
      }
      yield item;
    }
  }

  protected override held(): unknown {
    return this.slice();
  }
}
