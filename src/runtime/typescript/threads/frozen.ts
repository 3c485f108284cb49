import { SEND } from '../handle.ts';

const MUTATORS = /^(?:set|add$|delete|clear$|fill$|sort$|reverse$|copyWithin$)/;

function refuse(): never {
  throw new TypeError(
    'what threads share cannot be changed in place: assign a new value to the variable, as in items = [...items, item]',
  );
}

const READ_ONLY: ProxyHandler<object> = {
  set: refuse,
  defineProperty: refuse,
  deleteProperty: refuse,
  setPrototypeOf: refuse,
};

/** For classes whose methods look into their object, and so must be called on it. */
const READ_ONLY_INSIDE: ProxyHandler<object> = {
  ...READ_ONLY,
  get(target, key) {
    const value: unknown = Reflect.get(target, key, target);
    if (typeof value !== 'function' || key === 'constructor') return value;
    if (typeof key === 'string' && MUTATORS.test(key)) return refuse;
    return (value as (...args: readonly unknown[]) => unknown).bind(target);
  },
};

/**
 * The same value, and nobody can change it: lists, dicts and all in them refuse with a TypeError. Handles and errors stay
 * what they are. Precondition: nobody else has it, since its parts are replaced.
 */
export function frozen<T>(value: T): T {
  return freeze(value, new Map()) as T;
}

function freeze(value: unknown, done: Map<unknown, unknown>): unknown {
  if (typeof value !== 'object' || value === null || SEND in value || value instanceof Error) return value;
  const known = done.get(value);
  if (known !== undefined) return known;
  const plain = Array.isArray(value) || isPlainObject(value);
  const closed: unknown = new Proxy(value, plain ? READ_ONLY : READ_ONLY_INSIDE);
  done.set(value, closed);
  if (value instanceof Map) freezeMap(value, done);
  else if (value instanceof Set) freezeSet(value, done);
  else if (plain) freezeParts(value as Record<string, unknown>, done);
  return closed;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function freezeParts(value: Record<string, unknown>, done: Map<unknown, unknown>): void {
  for (const key of Object.keys(value)) {
    const part = freeze(value[key], done);
    Object.defineProperty(value, key, { value: part, writable: true, enumerable: true, configurable: true });
  }
}

function freezeMap(map: Map<unknown, unknown>, done: Map<unknown, unknown>): void {
  const entries = Array.from(map, ([key, item]) => [freeze(key, done), freeze(item, done)] as const);
  map.clear();
  for (const [key, item] of entries) map.set(key, item);
}

function freezeSet(set: Set<unknown>, done: Map<unknown, unknown>): void {
  const items = Array.from(set, (item) => freeze(item, done));
  set.clear();
  for (const item of items) set.add(item);
}
