/**
 * Objects whose items are got at as members, `array[0]`, `d['n']`: a JavaScript Proxy asks for the member by its name, and
 * must know which names are items.
 */

/**
 * The number that a member's name is; null = it is the name of something else. As for typed arrays, `1.5` and `NaN` are
 * numbers too, and no places.
 */
export function indexOf(key: string | symbol): number | null {
  if (typeof key === 'symbol') return null;
  const index = Number(key);
  return String(index) === key ? index : null;
}

/** A member that is no item. Methods are called on the object itself, because a Proxy has no private members. */
export function memberOf(target: object, key: string | symbol): unknown {
  const found: unknown = Reflect.get(target, key, target);
  return typeof found === 'function' && key !== 'constructor' ? (found.bind(target) as unknown) : found;
}
