import { describe, expect, test } from 'vitest';
import { repr, str } from './format.ts';

/** Each right side is what CPython 3.11 prints for the same value. */
describe('repr is CPython’s', () => {
  test.each<[unknown, string]>([
    [true, 'True'],
    [null, 'None'],
    [undefined, 'None'],
    [0, '0'],
    [-0, '0'],
    [2.5, '2.5'],
    [0.1 + 0.2, '0.30000000000000004'],
    [1e-4, '0.0001'],
    [0.00001, '1e-05'],
    [1.5e-7, '1.5e-07'],
    [-2.5e-300, '-2.5e-300'],
    [NaN, 'nan'],
    [-Infinity, '-inf'],
    [2 ** 70, '1180591620717411303424'],
    [10n ** 20n, '100000000000000000000'],
    ['a', "'a'"],
    ["it's", '"it\'s"'],
    [`it's "it"`, `'it\\'s "it"'`],
    ['\n\t\\\u0007', "'\\n\\t\\\\\\x07'"],
    ['é漢😀', "'é漢😀'"],
    ['\u00a0\u2028', "'\\xa0\\u2028'"],
    [[1, 'a', [null]], "[1, 'a', [None]]"],
    [[], '[]'],
    [{ a: 1, b: [true] }, "{'a': 1, 'b': [True]}"],
    [new Map<unknown, unknown>([[1, 'x']]), "{1: 'x'}"],
    [new Set([1, 2]), '{1, 2}'],
    [new Set(), 'set()'],
    [new Uint8Array([65, 0, 39, 10]), "b'A\\x00\\'\\n'"],
    [new RangeError('far'), "RangeError('far')"],
  ])('%o', (value, text) => {
    expect(repr(value)).toBe(text);
  });

  test('a list that holds itself ends', () => {
    const list: unknown[] = [1];
    list.push(list);
    expect(repr(list)).toBe('[1, [...]]');
  });
});

test('str of a text is the text, of an error its message, of anything else its repr', () => {
  expect([str("it's"), str(new Error('boo')), str(['a'])]).toEqual(["it's", 'boo', "['a']"]);
});
