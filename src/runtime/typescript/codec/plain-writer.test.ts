import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, test } from 'vitest';
import { plain } from './plain-values.fixture.ts';
import { PlainWriter } from './plain-writer.ts';

const packr = new Packr({ useRecords: false, variableMapSize: true, useToJSON: false });
const writer = new PlainWriter();

/** Null: it is not plain. */
function written(value: unknown, room = 0): Uint8Array | null {
  const packed = writer.write(value, room);
  return packed === null ? null : packed.bytes.slice(packed.from + room, packed.to);
}

/** Compared by hand: `toEqual` takes a second for a megabyte. */
function isWrittenAsThere(value: unknown, room = 0): boolean {
  const [here, there] = [written(value, room), packr.pack(value)];
  return here !== null && here.length === there.length && here.every((byte, i) => byte === there[i]);
}

test('plain values are written as msgpackr writes them, byte for byte', () => {
  fc.assert(
    fc.property(plain, fc.nat(9), (value, room) => {
      expect(isWrittenAsThere(value, room)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test.each([15, 16, 65_535, 65_536])('a list, and a dict, of %i', (count) => {
  const list = Array.from({ length: count }, (_, n) => n);
  const dict = Object.fromEntries(list.map((n) => [`k${n}`, n]));
  expect(isWrittenAsThere(list)).toBe(true);
  expect(isWrittenAsThere(dict)).toBe(true);
});

const part = {};
const circle: unknown[] = [];
circle.push(circle);

describe('whatever msgpack cannot say is not plain', () => {
  test.each<[string, unknown]>([
    ['-0', -0],
    ['half of a surrogate pair', 'a\ud800'],
    ['the same in a long text', `${'x'.repeat(5000)}\udc00`],
    ['the same in a key', { '\ud800': 1 }],
    ['a key that readers rename', JSON.parse('{"__proto__": 1}')],
    ['a big integer above 64 bits', 2n ** 63n],
    ['one part in two places', [part, part]],
    ['a circle', circle],
    ['a hole', Object.assign([1], { 2: 3 })],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array(1)],
    [
      'an instance of a class',
      new (class Own {
        a = 1;
      })(),
    ],
    ['a function', () => 1],
  ])('%s', (_, value) => {
    expect(written(value)).toBeNull();
    expect(written([[value]])).toBeNull();
  });
});

test('after a message of many megabytes there is room for small ones as before', () => {
  const long = '程'.repeat(3_000_000);
  expect(isWrittenAsThere(long)).toBe(true);
  expect(isWrittenAsThere('short')).toBe(true);
});

test('a value that fails on its way leaves the writer as it was', () => {
  const failing = {
    get value(): never {
      throw new RangeError('not now');
    },
  };
  expect(() => written([failing])).toThrow(RangeError);
  expect(writer.isBusy).toBe(false);
  expect(written([1])).toEqual(Uint8Array.of(0x91, 1));
});
