/** Lists and dicts in each other, at most so deep: where CPython's `pickle` gives up, and no machine's stack is at its end. */
export const MAX_NESTING = 495;

const INT64_BITS = 64;

/**
 * Whether msgpack can say a value as it is: numbers, texts, booleans, null, undefined, and arrays and plain objects of them
 * that are a tree. Looks at each part once, so that a queue's everyday items need no table of nodes.
 */
export function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? new Tree(value).isPlain() : isPlainAtom(value);
}

/** msgpack knows no -0, no half of a surrogate pair, and no whole number above 64 bits. */
export function isPlainAtom(value: unknown): boolean {
  switch (typeof value) {
    case 'number':
      return value !== 0 || 1 / value > 0;
    case 'string':
      return value.isWellFormed();
    case 'bigint':
      return BigInt.asIntN(INT64_BITS, value) === value;
    case 'boolean':
    case 'undefined':
      return true;
    default:
      return value === null;
  }
}

class Tree {
  readonly #root: object;
  /** All containers met so far; null while there is only the root. */
  #met: Set<object> | null = null;
  #depth = 0;

  constructor(root: object) {
    this.#root = root;
  }

  isPlain(): boolean {
    return this.#container(this.#root);
  }

  #part(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return isPlainAtom(value);
    this.#met ??= new Set([this.#root]);
    const known = this.#met.size;
    return this.#met.add(value).size > known && this.#container(value);
  }

  #container(value: object): boolean {
    if (this.#depth >= MAX_NESTING) return false;
    this.#depth += 1;
    const prototype: unknown = Object.getPrototypeOf(value);
    const plain =
      prototype === Array.prototype
        ? this.#array(value as readonly unknown[])
        : (prototype === Object.prototype || prototype === null) && this.#object(value as Record<string, unknown>);
    this.#depth -= 1;
    return plain;
  }

  #array(array: readonly unknown[]): boolean {
    for (let i = 0; i < array.length; i += 1) {
      const item = array[i];
      if (item === undefined && !(i in array)) return false;
      if (!this.#part(item)) return false;
    }
    return true;
  }

  /** The key `__proto__` is one that msgpack's readers rename. */
  #object(object: Readonly<Record<string, unknown>>): boolean {
    for (const key in object) {
      if (key === '__proto__' || !key.isWellFormed() || !this.#part(object[key])) return false;
    }
    return true;
  }
}
