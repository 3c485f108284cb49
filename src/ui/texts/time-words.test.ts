import { expect, it } from 'vitest';
import { durationWords, instantWords } from './time-words.ts';
import { translator } from './translate.ts';

const [en, zh] = [translator('en'), translator('zh')];

it('a moment is a tick, and in a live run a time', () => {
  expect(instantWords(en, false, 1200)).toBe('tick 1,200');
  expect(instantWords(en, true, 1250)).toBe('1.25 ms');
  expect(instantWords(zh, true, 1250)).toBe('第 1.25 毫秒');
});

it('a duration is told in the unit in which it can be read', () => {
  expect([0, 7, 999, 1000, 12_345, 123_456, 9_999_000, 61_000_000].map((us) => durationWords(en, us))).toEqual([
    '0 µs',
    '7 µs',
    '999 µs',
    '1 ms',
    '12.3 ms',
    '123 ms',
    '9,999 ms',
    '61 s',
  ]);
  expect(durationWords(zh, 12_345)).toBe('12.3 毫秒');
});
