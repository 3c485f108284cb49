/** Lists and dicts in each other, at most so deep: where CPython's `pickle` gives up, and no machine's stack is at its end. */
export const MAX_NESTING = 495;

const INT64_BITS = 64;

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
