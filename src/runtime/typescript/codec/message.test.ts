import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RecursionError, UnpicklingError, ValueError } from '../errors.ts';
import { decode, encode } from './message.ts';
import { MAX_NESTING } from './plain.ts';

const program = { functions: {} };
const noHandles = (): never => {
  throw new Error('no handle was sent');
};
const sent = <T>(value: T): T => decode(new Uint8Array(encode(value, program)), program, noHandles) as T;

const anything = fc.anything({
  maxDepth: 4,
  key: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', 'toJSON', 'length', '0')),
  values: [
    fc.boolean(),
    fc.integer(),
    fc.double(),
    fc.bigInt(),
    // Two dates that are none are not equal to Node; a test of their own has them.
    fc.date({ noInvalidDate: true }),
    fc.constantFrom(null, undefined, -0, NaN, Infinity, '\ud800', 'a\udc00', 2n ** 63n, -(2n ** 63n), 2n ** 70_000n),
    fc.string({ unit: 'binary' }),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  ],
  withBigInt: true,
  withBoxedValues: true,
  withMap: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let n = 1; n < depth; n += 1) value = [value];
  return value;
}

test('whatever can be sent arrives equal', () => {
  fc.assert(
    fc.property(anything, (value) => {
      expect(isDeepStrictEqual(sent(value), value)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('one object in several places arrives as one object in those places', () => {
  fc.assert(
    fc.property(anything, (part) => {
      const value: unknown[] = [part, { part }, new Map([[part, new Set([part])]])];
      value.push(value);
      const copy = sent(value) as [unknown, { part: unknown }, Map<unknown, Set<unknown>>, unknown];
      const [first, object, map, self] = copy;
      const places = [object.part, [...map.keys()][0], [...([...map.values()][0] ?? [])][0]];
      expect(self).toBe(copy);
      // A map's key is never -0.
      for (const place of places) expect(first === 0 ? 0 : first).toBe(place === 0 ? 0 : place);
    }),
  );
});

describe('what a table is needed for', () => {
  test.each<[string, unknown]>([
    ['dates', [new Date(1e12 + 0.5), new Date(-1), new Date(8.64e15)]],
    ['regular expressions', [/a(b)\/\n/giu, /(?:)/, /[\u{1F600}]/u]],
    ['big integers of any size', [10n ** 400n, -(10n ** 400n), 0n, -1n, 2n ** 64n]],
    [
      'buffers and what looks at them',
      [new ArrayBuffer(3), new DataView(new ArrayBuffer(2)), new BigInt64Array([-1n])],
    ],
    ['half of a surrogate pair, also in a key', { '\udc00': ['\ud800', 'x\ud800y'] }],
    ['holes', [Object.assign([1], { 2: 3 }), Array(2), [undefined]]],
    ['a long list with an end', Object.assign([], { length: 4_000_000_000 })],
  ])('%s', (_, value) => {
    expect(isDeepStrictEqual(sent(value), value)).toBe(true);
  });

  test('a date that is none stays none', () => {
    expect(sent(new Date(NaN)).getTime()).toBeNaN();
  });

  test('a regular expression begins anew, as in a structured clone', () => {
    const global = /a/g;
    global.test('a a');
    expect(sent(global).lastIndex).toBe(0);
  });

  test('two views of one buffer stay two views of one; a view of a part brings only its part', () => {
    const buffer = new ArrayBuffer(8);
    const [bytes, words] = sent([new Uint8Array(buffer), new Int32Array(buffer)] as const);
    expect(bytes.buffer).toBe(words.buffer);
    const part = sent(new Uint8Array([1, 2, 3, 4]).subarray(1, 3));
    expect([[...part], part.buffer.byteLength]).toEqual([[2, 3], 2]);
  });

  test('an error keeps class, message, cause and what hangs on it, but no stack', () => {
    const cause = new RangeError('below');
    const error = Object.assign(new ValueError('bad', { cause }), { code: 7 });
    cause.cause = error;
    const copy = sent(error);
    expect(copy).toBeInstanceOf(ValueError);
    expect({ ...copy, message: copy.message }).toEqual({ name: 'ValueError', code: 7, message: 'bad' });
    expect(copy.cause).toBeInstanceOf(RangeError);
    expect((copy.cause as Error).cause).toBe(copy);
    expect(Object.keys(copy)).not.toContain('cause');
  });

  test('an error of a class that only its program knows arrives as the nearest one that all know, with its name', () => {
    class SoldOut extends ValueError {}
    const named = Object.assign(new SoldOut('none left'), { name: 'SoldOut' });
    const copy = sent(named);
    expect([copy instanceof ValueError, copy.name, copy.message]).toEqual([true, 'SoldOut', 'none left']);
    const many = sent(new AggregateError([new TypeError('one'), 2], 'both'));
    expect([many instanceof AggregateError, many.message, many.errors]).toEqual([
      true,
      'both',
      [new TypeError('one'), 2],
    ]);
  });

  test('an object without a prototype arrives as a dict, with a hundred thousand keys if need be', () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, n]));
    expect(sent(many)).toEqual(many);
    const bare = sent(Object.assign(Object.create(null) as object, { a: 1, toJSON: 2 }));
    expect(Object.getPrototypeOf(bare)).toBe(Object.prototype);
    expect(bare).toEqual({ a: 1, toJSON: 2 });
  });
});

describe('everyday values go without a table', () => {
  test.each<[unknown]>([
    [7],
    ['text'],
    [null],
    [[1, 'a', [2.5]]],
    [{ kind: 'task', number: 1, args: [1, 2], nothing: undefined }],
    [Array.from({ length: 1000 }, (_, id) => ({ id }))],
  ])('%j', (value) => {
    expect(encode(value, program)[0]).not.toBe(0xc1);
    expect(sent(value)).toEqual(value);
  });

  test('a megabyte of text arrives', () => {
    const text = 'é漢😀x'.repeat(200_000);
    expect(sent(text)).toBe(text);
    expect(sent([text, new Date(0)])[0]).toBe(text);
  });
});

test('nested as deep as CPython allows it arrives, deeper is refused', () => {
  expect(sent(nested(MAX_NESTING))).toEqual(nested(MAX_NESTING));
  const deeper = nested(MAX_NESTING + 1);
  expect(() => sent(deeper)).toThrow(RecursionError);
  expect(() => sent(deeper)).toThrow('maximum recursion depth exceeded while pickling an object');
});

test('bytes that are no message are refused, whatever they are', () => {
  const good = encode([1, new Date(0)], program);
  for (let length = 0; length < good.length; length += 1) {
    expect(() => decode(good.slice(0, length), program, noHandles)).toThrow(UnpicklingError);
  }
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      try {
        decode(bytes, program, noHandles);
        return true;
      } catch (error) {
        return error instanceof UnpicklingError;
      }
    }),
  );
});
