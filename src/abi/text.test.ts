import { beforeEach, expect, test } from 'vitest';
import { asTextRef } from '../base/ids.ts';
import { Control } from './control.ts';
import { createMemory, LOG_AT, TEXTS_AT } from './layout.ts';
import { TEXT_STORE_BYTES } from './limits.ts';
import { appendText, FIRST_TEXT, readText, TEXT_STORE_FULL } from './text.ts';

const memory = createMemory();
const { words, bytes } = memory;
const read = (ref: number): string => readText(bytes, TEXTS_AT * 4, asTextRef(ref));
const head = (): number => Atomics.load(words, Control.TEXT_HEAD);

beforeEach(() => Atomics.store(words, Control.TEXT_HEAD, FIRST_TEXT));

test('a text is read as it was written', () => {
  const refs = ['', 'a', 'é漢🙂', 'x'.repeat(1000)].map((text) => appendText(memory, text));
  expect(refs.map(read)).toEqual(['', 'a', 'é漢🙂', 'x'.repeat(1000)]);
});

test('the padding behind a text is zero, whatever lay there', () => {
  const at = TEXTS_AT * 4 + appendText(memory, 'xxxxxxxxxxxx');
  Atomics.store(words, Control.TEXT_HEAD, FIRST_TEXT);
  appendText(memory, 'a');
  expect(Array.from(bytes.subarray(at, at + 8))).toEqual([1, 0, 0, 0, 97, 0, 0, 0]);
});

test('a full store says so once, and takes nothing more: neither a byte nor a count', () => {
  Atomics.store(words, Control.TEXT_HEAD, TEXT_STORE_BYTES - 16);
  expect(read(appendText(memory, 'fits'))).toBe('fits');
  words[LOG_AT] = 77;
  expect(read(appendText(memory, 'does not fit'))).toContain('8 MB');
  const full = head();
  for (let n = 0; n < 100; n += 1) expect(appendText(memory, 'x'.repeat(1 << 16))).toBe(TEXT_STORE_FULL);
  expect(head()).toBe(full);
  expect(words[LOG_AT]).toBe(77);
});
