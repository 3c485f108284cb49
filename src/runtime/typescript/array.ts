import type { ObjectId } from '../../base/ids.ts';
import { ObjectKind, type TypeCode } from '../../abi/objects.ts';
import { Kind, ValueForm } from '../../abi/record.ts';
import * as array from '../../sync/array.ts';
import type { Port } from '../../sync/port.ts';
import { current } from './current.ts';
import { IndexError, MemoryError, ValueError } from './errors.ts';
import { Handle, SEND } from './handle.ts';
import { indexOf, memberOf } from './members.ts';
import { createObject } from './operation.ts';
import { checkedCode, checkedValue, halvesOf, kept, Synchronized, type SynchronizedOptions } from './synchronized.ts';
import { receives } from './codec/receivers.ts';

/** The first elements, or how many shall be 0. @throws TypeError, ValueError as CPython */
function checkedContent(code: TypeCode, content: unknown): readonly number[] | number {
  if (typeof content === 'number') {
    if (!Number.isInteger(content)) throw new TypeError("object of type 'float' has no len()");
    if (content < 0) throw new ValueError(`Array length must be >= 0, not ${content}`);
    return content;
  }
  if (typeof content === 'object' && content !== null && Symbol.iterator in content) {
    return Array.from(content as Iterable<unknown>, (value) => checkedValue(code, value));
  }
  throw new TypeError(`object of type '${content === null ? 'null' : typeof content}' has no len()`);
}

/** Where a slice begins or ends, from whichever end it was counted. */
function clamped(place: number, length: number): number {
  return place < 0 ? Math.max(0, length + Math.trunc(place)) : Math.min(length, Math.trunc(place));
}

/** Makes `array[i]` what `array.at(i)` and `array.put(i, value)` are. */
const INDEXED: ProxyHandler<SharedArray> = {
  get(target, key) {
    const index = indexOf(key);
    return index === null ? memberOf(target, key) : target.at(index);
  },
  set(target, key, value: unknown) {
    const index = indexOf(key);
    if (index === null) return Reflect.set(target, key, value, target);
    target.put(index, value as number);
    return true;
  },
  has(target, key) {
    const index = indexOf(key);
    return index === null ? Reflect.has(target, key) : Number.isInteger(index) && index >= 0 && index < target.length;
  },
};

/**
 * `multiprocessing.Array`: variables in shared memory in a row, 'i' whole numbers of 32 bits, 'd' doubles. Each reading and
 * each writing of `array[i]` is a visible operation, so `array[i] += 1` is two; who holds its lock has both to itself. As in
 * Python, `array[-1]` is the last.
 */
export class SharedArray extends Synchronized {
  [index: number]: number;

  /** @param content how many elements, all 0; or what they are at first. */
  constructor(code: TypeCode, content: number | Iterable<number | boolean>, options: SynchronizedOptions = {}) {
    const known = checkedCode(code, 'Array');
    const first = checkedContent(known, content);
    super(known, () => create(known, first), options);
    return new Proxy(this, INDEXED);
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    return ['Array', this.object, this.code];
  }

  get length(): number {
    return array.lengthOf(current().port, this.object);
  }

  /** One element. @throws IndexError */
  at(index: number): number {
    const { port } = current();
    const place = this.#place(index);
    port.step();
    return this.access(port, () => this.#load(port, place));
  }

  /** Stores one element. @throws IndexError; TypeError when it cannot hold the value */
  put(index: number, value: number | boolean): void {
    const { port } = current();
    const place = this.#place(index);
    const checked = checkedValue(this.code, value);
    port.step();
    this.access(port, () => {
      array.store(port, this.object, this.code, place, checked);
      this.logAccess(port, Kind.STORE, kept(this.code, checked), place);
    });
  }

  /** A copy of the elements from `start` to before `end`, made in one step; negative: counted from the end. */
  slice(start = 0, end = this.length): number[] {
    const { port } = current();
    const { length } = this;
    const first = clamped(start, length);
    const count = Math.max(0, clamped(end, length) - first);
    port.step();
    return this.access(port, () => Array.from({ length: count }, (_, n) => this.#load(port, first + n)));
  }

  /** One element after the other, each in a step of its own: others may write between them. */
  *[Symbol.iterator](): Generator<number> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index);
  }

  override toString(): string {
    return `<SynchronizedArray wrapper for ${this.code === 'd' ? 'c_double' : 'c_int'}_Array_${this.length}>`;
  }

  #load(port: Port, place: number): number {
    const value = array.load(port, this.object, this.code, place);
    this.logAccess(port, Kind.LOAD, value, place);
    return value;
  }

  #place(index: number): number {
    if (!Number.isInteger(index)) throw new TypeError('indices must be integers');
    const { length } = this;
    const place = index < 0 ? length + index : index;
    if (place < 0 || place >= length) throw new IndexError('invalid index');
    return place;
  }
}

/** Its record tells its length and form, and a STORE each of the elements that are not 0. @throws MemoryError */
function create(code: TypeCode, first: readonly number[] | number): ObjectId {
  const length = typeof first === 'number' ? first : first.length;
  const form = code === 'd' ? ValueForm.DOUBLE : ValueForm.INTEGER;
  const object = createObject(ObjectKind.ARRAY, (port, made) => {
    if (!array.initialise(port, made, code, length)) {
      throw new MemoryError(`no room for an array of ${length} elements: this run's shared memory is full`);
    }
    return [length, form];
  });
  if (typeof first !== 'number') {
    const { port } = current();
    first.forEach((value, index) => {
      if (value === 0) return;
      array.store(port, object, code, index, value);
      port.log(Kind.STORE, form, object, ...halvesOf(kept(code, value)), index);
    });
  }
  return object;
}

receives('Array', (object, [code]) => Handle.receive(object, () => new SharedArray(code as TypeCode, 0)));
