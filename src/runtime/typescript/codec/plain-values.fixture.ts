import fc from 'fast-check';

const whole = fc.string({ unit: 'grapheme' });
const atoms = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    false,
    0,
    127,
    128,
    255,
    256,
    65_535,
    65_536,
    2 ** 31,
    2 ** 32 - 1,
    2 ** 32,
  ),
  fc.constantFrom<unknown>(-1, -32, -33, -128, -129, -32_768, -32_769, -(2 ** 31), -(2 ** 31) - 1, NaN, Infinity),
  fc.integer(),
  fc.double().filter((value) => !Object.is(value, -0)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  whole,
  fc.constantFrom(31, 32, 96, 97, 255, 256, 65_535, 65_536).map((length) => 'x'.repeat(length)),
  fc.constantFrom(10, 11, 85, 86, 21_845, 21_846).map((length) => '程'.repeat(length)),
);
/** Values that a `PlainWriter` writes. */
export const { value: plain } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    atoms,
    fc.array(tie('value')),
    fc.dictionary(
      whole.filter((key) => key !== '__proto__'),
      tie('value'),
    ),
  ),
}));
