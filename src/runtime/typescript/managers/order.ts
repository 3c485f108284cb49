/** How Python compares values, as far as lists and dicts of a manager need it. */

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Python's `==`: lists and dicts by what is in them, proxies and all else by what they are. */
export function equals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'boolean' && typeof b === 'number') return Number(a) === b;
  if (typeof a === 'number' && typeof b === 'boolean') return a === Number(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equals(item, b[i]));
  if (!isPlain(a) || !isPlain(b)) return false;
  const [left, right] = [Object.entries(a), b as Readonly<Record<string, unknown>>];
  if (left.length !== Object.keys(b).length) return false;
  return left.every(([key, item]) => Object.hasOwn(right, key) && equals(item, right[key]));
}

/** Python's name of a value's type, as its messages have it. */
export function typeName(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    case 'object':
      if (value === null) return 'NoneType';
      if (Array.isArray(value)) return 'list';
      return isPlain(value) || value instanceof Map ? 'dict' : value.constructor.name;
    case 'undefined':
      return 'NoneType';
    default:
      return typeof value;
  }
}

function isNumeric(value: unknown): value is number | bigint | boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
}

/** Negative: `a` comes first. @throws TypeError when the two have no order, as in Python */
export function compare(a: unknown, b: unknown): number {
  if (isNumeric(a) && isNumeric(b)) return a < b ? -1 : Number(a > b);
  if (typeof a === 'string' && typeof b === 'string') return compareLists([...a].map(codePoint), [...b].map(codePoint));
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b);
  throw new TypeError(`'<' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

function codePoint(char: string): number {
  return char.codePointAt(0) as number;
}

function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) if (!equals(a[i], b[i])) return compare(a[i], b[i]);
  return a.length - b.length;
}
