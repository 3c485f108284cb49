import { peek } from '../abi/words.ts';

/** A growing list of 32-bit whole numbers. */
export class IntList {
  #items: Int32Array;
  #length = 0;

  constructor(capacity = 64) {
    this.#items = new Int32Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** The numbers; valid up to `length`, and until the next `push`. */
  get items(): Int32Array {
    return this.#items;
  }

  push(value: number): void {
    if (this.#length === this.#items.length) {
      const grown = new Int32Array(this.#length * 2);
      grown.set(this.#items);
      this.#items = grown;
    }
    this.#items[this.#length] = value;
    this.#length += 1;
  }

  /** Precondition: 0 ≤ index < length. */
  at(index: number): number {
    return peek(this.#items, index);
  }

  /** Precondition: 0 ≤ index < length. */
  set(index: number, value: number): void {
    this.#items[index] = value;
  }

  clear(): void {
    this.#length = 0;
  }

  /** How many are below `value`. Precondition: ascending. */
  countBelow(value: number): number {
    return lowerBound(this.#items, value, 0, this.#length);
  }
}

/** First index in [low, high) whose item is not below `value`, else `high`. Precondition: ascending there. */
export function lowerBound(items: Int32Array, value: number, low: number, high: number): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (peek(items, middle) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** As `lowerBound`, but quick when the place is near `low`: doubles its stride first. */
export function gallop(items: Int32Array, value: number, low: number, high: number): number {
  let from = low;
  let stride = 1;
  let to = low;
  while (to < high && peek(items, to) < value) {
    from = to + 1;
    to += stride;
    stride *= 2;
  }
  return lowerBound(items, value, from, to < high ? to : high);
}
