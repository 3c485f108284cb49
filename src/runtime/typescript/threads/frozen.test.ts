import { describe, expect, test } from 'vitest';
import { asObjectId } from '../../../base/ids.ts';
import { str } from '../format.ts';
import { frozen } from './frozen.ts';
import { Handle } from '../handle.ts';
import { Lock } from '../locks/lock.ts';
import { decode, encode } from '../codec/message.ts';

const REFUSAL = /cannot be changed in place: assign a new value/;

/** One of each, with another in it where it can have one. */
interface Values {
  readonly list: [number, number[]];
  readonly dict: { a: { b?: number } };
  readonly bare: { a: number };
  readonly map: Map<{ k: number }, number[]>;
  readonly set: Set<number[]>;
  readonly bytes: Uint8Array;
  readonly doubles: Float64Array;
  readonly date: Date;
}

const values = (): Values => ({
  list: [1, [2]],
  dict: { a: { b: 1 } },
  bare: Object.assign(Object.create(null) as object, { a: 1 }),
  map: new Map([[{ k: 1 }, [1]]]),
  set: new Set([[1]]),
  bytes: new Uint8Array([1, 2]),
  doubles: new Float64Array([0.5]),
  date: new Date(5),
});

describe('a frozen value', () => {
  test('is equal to the value, prints like it and can be sent on', () => {
    const original = values();
    const copy = frozen(values());
    expect(str(copy)).toBe(str(original));
    const program = { functions: {} };
    expect(decode(encode(copy, program), program, () => null)).toEqual(original);
  });

  test.each<[string, (all: Values) => unknown]>([
    ['an item of a list', ({ list }) => (list[0] = 5)],
    ['an item of a list in a list', ({ list }) => list[1].push(5)],
    ['the end of a list', ({ list }) => list.pop()],
    ['the order of a list', ({ list }) => list.copyWithin(0, 1)],
    ['a key of a dict', ({ dict }) => (dict.a = {})],
    ['a key of a dict in a dict', ({ dict }) => delete dict.a.b],
    ['a new key', ({ bare }) => Object.assign(bare, { z: 1 })],
    ['a key of a map', ({ map }) => map.set({ k: 2 }, [])],
    ['all keys of a map', ({ map }) => map.clear()],
    ['a value in a map', ({ map }) => [...map.values()][0]?.push(1)],
    ['a key in a map', ({ map }) => ([...map.keys()][0] ?? { k: 0 }).k++],
    ['an item of a set', ({ set }) => set.add([2])],
    ['a list in a set', ({ set }) => set.forEach((item) => item.push(1))],
    ['a byte', ({ bytes }) => (bytes[0] = 5)],
    ['bytes', ({ bytes }) => bytes.set([5])],
    ['doubles', ({ doubles }) => doubles.fill(1)],
    ['a date', ({ date }) => date.setTime(0)],
    ['its class', ({ list }) => Object.setPrototypeOf(list, null) as unknown],
  ])('refuses a change of %s, and stays what it is', (_, change) => {
    const copy = frozen(values());
    expect(() => change(copy)).toThrow(REFUSAL);
    expect(() => change(copy)).toThrow(TypeError);
    expect(str(copy)).toBe(str(values()));
  });

  test('can be looked at in every way', () => {
    const { list, map, set, bytes, date } = frozen(values());
    expect([Array.isArray(list), list.length, list.concat([3]).length, [...list].length]).toEqual([true, 2, 3, 2]);
    expect([map.size, [...map.values()][0]?.[0], map.has({ k: 1 })]).toEqual([1, 1, false]);
    expect([set.size, set instanceof Set, bytes.length, bytes[1], bytes.map((n) => n + 1)[0]]).toEqual([
      1,
      true,
      2,
      2,
      2,
    ]);
    expect([new Uint8Array(bytes), date.getTime()]).toEqual([new Uint8Array([1, 2]), 5]);
  });

  test('may hold itself', () => {
    const list: unknown[] = [];
    list.push(list);
    const copy = frozen(list);
    expect(copy[0]).toBe(copy);
  });

  test('leaves alone what is no container: numbers, texts, functions, handles, errors', () => {
    const lock = Handle.receive(asObjectId(7), () => new Lock());
    const error = new Error('x');
    const work = (): number => 1;
    expect(frozen([lock, error, work, 1, 'a', null])).toEqual([lock, error, work, 1, 'a', null]);
    expect(frozen([lock])[0]).toBe(lock);
  });
});
