import { ManagedKind } from '../../../abi/objects.ts';
import { IndexError, ValueError } from '../errors.ts';
import { repr } from '../format.ts';
import { compare, equals, typeName } from './order.ts';
import { Kept, type Methods } from './served.ts';

function itemsOf(content: unknown): unknown[] {
  if (typeof content === 'string') return [...content];
  if (typeof content === 'object' && content !== null && Symbol.iterator in content) {
    return [...(content as Iterable<unknown>)];
  }
  throw new TypeError(`'${typeName(content)}' object is not iterable`);
}

/** `manager.list()`. */
export class ServedList extends Kept {
  readonly kind = ManagedKind.LIST;
  #items: unknown[];

  constructor(content: unknown = []) {
    super();
    this.#items = itemsOf(content);
  }

  get content(): unknown {
    return this.#items;
  }

  protected readonly methods: Methods = {
    read: (index: number) => this.#items[this.#place(index, 'list index out of range')],
    write: (index: number, value: unknown) => {
      this.#items[this.#place(index, 'list assignment index out of range')] = value;
    },
    delete: (index: number) => void this.#items.splice(this.#place(index, 'list assignment index out of range'), 1),
    append: (value: unknown) => void this.#items.push(value),
    extend: (content: unknown) => void this.#items.push(...itemsOf(content)),
    insert: (index: number, value: unknown) => void this.#items.splice(this.#clamped(index), 0, value),
    pop: (index = -1) => {
      if (this.#items.length === 0) throw new IndexError('pop from empty list');
      return this.#items.splice(this.#place(index, 'pop index out of range'), 1)[0];
    },
    remove: (value: unknown) => {
      const place = this.#find(value);
      if (place < 0) throw new ValueError('list.remove(x): x not in list');
      this.#items.splice(place, 1);
    },
    index: (value: unknown) => {
      const place = this.#find(value);
      if (place < 0) throw new ValueError(`${repr(value)} is not in list`);
      return place;
    },
    includes: (value: unknown) => this.#find(value) >= 0,
    count: (value: unknown) => this.#items.filter((item) => equals(item, value)).length,
    sort: (reverse = false) => {
      this.#items = this.#items.toSorted((a, b) => (reverse ? compare(b, a) : compare(a, b)));
    },
    reverse: () => {
      this.#items = this.#items.toReversed();
    },
    clear: () => void this.#items.splice(0),
    slice: (start?: number, end?: number) => this.#items.slice(start, end),
    length: () => this.#items.length,
  };

  #find(value: unknown): number {
    return this.#items.findIndex((item) => equals(item, value));
  }

  /** Where an index points, negative ones from the end. @throws IndexError when that is nowhere */
  #place(index: unknown, complaint: string): number {
    if (typeof index !== 'number' || !Number.isInteger(index)) {
      throw new TypeError(`list indices must be integers or slices, not ${typeName(index)}`);
    }
    const place = index < 0 ? this.#items.length + index : index;
    if (place < 0 || place >= this.#items.length) throw new IndexError(complaint);
    return place;
  }

  #clamped(index: number): number {
    const { length } = this.#items;
    return index < 0 ? Math.max(0, length + index) : Math.min(length, index);
  }
}
