import { ManagedKind } from '../../../abi/objects.ts';
import { KeyError } from '../errors.ts';
import { repr } from '../format.ts';
import { typeName } from './order.ts';
import { Kept, type Methods } from './served.ts';

/** A dict's contents as programs give them: a plain object, a Map, or pairs. */
function entriesOf(content: unknown): (readonly [unknown, unknown])[] {
  if (typeof content === 'object' && content !== null) {
    if (Symbol.iterator in content) return [...(content as Iterable<readonly [unknown, unknown]>)];
    const prototype: unknown = Object.getPrototypeOf(content);
    if (prototype === Object.prototype || prototype === null) return Object.entries(content);
  }
  throw new TypeError(`'${typeName(content)}' object is not iterable`);
}

/**
 * JavaScript calls the members of an object by texts only, so a text that is a whole number's is that number: `d[1]`, `d['1']`
 * and `d.get(1)` mean the same. @throws TypeError for a key that can change
 */
function keyOf(key: unknown): unknown {
  if (typeof key === 'string') return Number.isInteger(Number(key)) && String(Number(key)) === key ? Number(key) : key;
  if (typeof key === 'object' && key !== null) throw new TypeError(`unhashable type: '${typeName(key)}'`);
  return key;
}

/** `manager.dict()`. */
export class ServedDict extends Kept {
  readonly kind = ManagedKind.DICT;
  readonly #items = new Map<unknown, unknown>();

  constructor(content: unknown = []) {
    super();
    this.#update(content);
  }

  /** A plain object if all keys are texts, else a Map. */
  get content(): unknown {
    const texts = [...this.#items.keys()].every((key) => typeof key === 'string');
    return texts ? Object.fromEntries(this.#items) : new Map(this.#items);
  }

  protected readonly methods: Methods = {
    read: (key: unknown) => this.#known(key),
    get: (key: unknown, otherwise: unknown = null) => {
      const known = keyOf(key);
      return this.#items.has(known) ? this.#items.get(known) : otherwise;
    },
    set: (key: unknown, value: unknown) => void this.#items.set(keyOf(key), value),
    has: (key: unknown) => this.#items.has(keyOf(key)),
    delete: (key: unknown) => {
      this.#known(key);
      this.#items.delete(keyOf(key));
    },
    pop: (key: unknown, ...otherwise: readonly [unknown?]) => {
      if (otherwise.length > 0 && !this.#items.has(keyOf(key))) return otherwise[0];
      const value = this.#known(key);
      this.#items.delete(keyOf(key));
      return value;
    },
    popitem: () => {
      const last = [...this.#items].at(-1);
      if (last === undefined) throw new KeyError(repr('popitem(): dictionary is empty'));
      this.#items.delete(last[0]);
      return last;
    },
    setdefault: (key: unknown, value: unknown = null) => {
      const known = keyOf(key);
      if (!this.#items.has(known)) this.#items.set(known, value);
      return this.#items.get(known);
    },
    update: (content: unknown) => this.#update(content),
    clear: () => this.#items.clear(),
    copy: () => this.content,
    keys: () => [...this.#items.keys()],
    values: () => [...this.#items.values()],
    items: () => [...this.#items],
    size: () => this.#items.size,
  };

  #known(key: unknown): unknown {
    const known = keyOf(key);
    if (!this.#items.has(known)) throw new KeyError(repr(known));
    return this.#items.get(known);
  }

  #update(content: unknown): void {
    for (const [key, value] of entriesOf(content)) this.#items.set(keyOf(key), value);
  }
}
