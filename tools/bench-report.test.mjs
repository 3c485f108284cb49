import { describe, expect, test } from 'vitest';
import { isMet, median, quoted, resultsOf, tableOf, withTable } from '../bench/report.mjs';

/** @type {import('../bench/bench.ts').Row} */
const RATIO = {
  what: { en: 'ours ÷ theirs', zh: '我们 ÷ 他们' },
  n: '8',
  ours: 'a',
  baseline: 'b',
  goal: { at: 'least', value: 0.9 },
  unit: 'grants/s',
};

describe('the table of the benches', () => {
  test('quotes the median of the ratios of each round, not the ratio of the medians', () => {
    const rounds = [
      { a: 1, b: 1 },
      { a: 20, b: 10 },
      { a: 300, b: 900 },
    ];
    expect(resultsOf(RATIO, rounds)).toEqual([1, 2, 1 / 3]);
    expect(median(resultsOf(RATIO, rounds))).toBe(1);
    expect(tableOf([{ rows: [RATIO], rounds }], 'en')).toContain('| ours ÷ theirs | 8 | 1 | ≥ 0.9 | ✓ |');
  });

  test('marks a missed goal', () => {
    expect(isMet(RATIO, 0.89)).toBe(false);
    expect(isMet({ ...RATIO, goal: { at: 'most', value: 0.9 } }, 0.89)).toBe(true);
    expect(tableOf([{ rows: [RATIO], rounds: [{ a: 1, b: 2 }] }], 'zh')).toContain(
      '| 我们 ÷ 他们 | 8 | 0.5 | ≥ 0.9 | ✗ |',
    );
  });

  test('writes small ratios as fractions and large numbers with three digits that count', () => {
    const row = { ...RATIO, goal: /** @type {const} */ ({ at: 'most', value: 1 / 40 }) };
    expect(tableOf([{ rows: [row], rounds: [{ a: 1, b: 45.67 }] }], 'en')).toContain('| 1/45.7 | ≤ 1/40 | ✓ |');
    expect([quoted(0.01234), quoted(5071), quoted(23_456_789)]).toEqual(['0.0123', '5,070', '23.5 M']);
  });

  test('goes between its marks and leaves the rest of the text alone', () => {
    const text = 'before\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nafter\n';
    expect(withTable(text, '| new |')).toBe('before\n<!-- bench:begin -->\n| new |\n<!-- bench:end -->\nafter\n');
    expect(() => withTable('no marks', '| new |')).toThrow('bench:begin');
  });
});
