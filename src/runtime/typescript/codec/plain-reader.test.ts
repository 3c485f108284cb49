import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, test } from 'vitest';
import { MAX_NESTING } from './plain.ts';
import { NOT_PLAIN, PlainReader } from './plain-reader.ts';
import { plain } from './plain-values.fixture.ts';
import { PlainWriter } from './plain-writer.ts';

const packr = new Packr({ useRecords: false, variableMapSize: true, useToJSON: false });
const writer = new PlainWriter();
const reader = new PlainReader();

/** As it arrives: in a buffer that has other things before and behind it. */
function arrived(value: unknown, room = 0): unknown {
  const packed = writer.write(value, room);
  if (packed === null) throw new Error('not plain');
  const bytes = new Uint8Array(packed.to + 3).fill(0xc1);
  bytes.set(packed.bytes.subarray(0, packed.to));
  const read = reader.read(bytes, packed.from + room, packed.to);
  bytes.fill(0xc1);
  return read;
}

const ofBytes = (...bytes: number[]): unknown => reader.read(Uint8Array.from(bytes), 0, bytes.length);

test('what was written is read as it was, wherever it lies, and stays so when the bytes change', () => {
  fc.assert(
    fc.property(plain, fc.nat(9), (value, room) => {
      expect(arrived(value, room)).toStrictEqual(structuredClone(value));
    }),
    { numRuns: 500 },
  );
});

test('bytes that nobody wrote are read as msgpackr reads them, or not at all', () => {
  const head = fc.constantFrom(
    0xc0,
    0xc2,
    0xc3,
    0xca,
    0xcb,
    0xcc,
    0xcd,
    0xce,
    0xcf,
    0xd0,
    0xd1,
    0xd2,
    0xd3,
    0xd4,
    0xd9,
  );
  const few = fc.constantFrom(0, 1, 0x7f, 0x80, 0x81, 0x82, 0x90, 0x91, 0xa0, 0xa1, 0xa2, 0xe0, 0xff, 0x61, 0x7a);
  fc.assert(
    fc.property(fc.array(fc.oneof(head, few, few), { minLength: 1, maxLength: 12 }), (bytes) => {
      const read = ofBytes(...bytes);
      expect(read).toStrictEqual(read === NOT_PLAIN ? NOT_PLAIN : packr.unpack(Uint8Array.from(bytes)));
    }),
    { numRuns: 5000 },
  );
});

test.each([0, 1, 3, 4, 7, 8, 9, 16, 31, 32, 47, 48, 49, 100, 255, 256, 65_535, 65_536])(
  'a text of %i characters',
  (length) => {
    for (const unit of ['x', 'é', '程', '\ufeff']) {
      const text = unit.repeat(length);
      expect(arrived(text)).toBe(text);
      expect(arrived({ [`${text}!`]: text })).toStrictEqual({ [`${text}!`]: text });
      if (length > 0) expect(arrived(`${'x'.repeat(length - 1)}${unit}`)).toBe(`${'x'.repeat(length - 1)}${unit}`);
    }
  },
);

test('keys that look alike stay apart', () => {
  const keys = Array.from({ length: 3000 }, (_, n) => `k${String(n).padStart(4, '0')}y`);
  for (const dict of [keys, keys.toReversed(), keys].map((of) => Object.fromEntries(of.map((key, n) => [key, n])))) {
    expect(arrived(dict)).toStrictEqual(dict);
  }
});

describe('is left to others', () => {
  test.each<[string, number[]]>([
    ['nothing', []],
    ['a table of nodes', [0xc1, 0x90]],
    ['a value and more', [1, 2]],
    ['a list that ends too soon', [0x92, 1]],
    ['a text that ends too soon', [0xa2, 0x61]],
    ['a key that ends too soon', [0x81, 0xa2, 0x61]],
    ['a dict without its last value', [0x81, 0xa1, 0x61]],
    ['a number that ends too soon', [0xcb, 0, 0, 0, 0, 0, 0, 0]],
    ['a number as a key', [0x81, 1, 1]],
    ['the key __proto__', [0x81, 0xa9, ...new TextEncoder().encode('__proto__'), 1]],
    ['an extension', [0xd4, 1, 0]],
    ['a number of four bytes with a fraction', [0xca, 0, 0, 0, 0]],
    ['a list of more items than there are bytes', [0xdd, 0xff, 0xff, 0xff, 0xff, 1]],
    ['a list in lists, too deep', [...Array.from({ length: MAX_NESTING }, () => 0x91), 0x90]],
  ])('%s', (_, bytes) => {
    expect(ofBytes(...bytes)).toBe(NOT_PLAIN);
    expect(ofBytes(0x91, 0xa1, 0x61)).toStrictEqual(['a']);
  });
});
