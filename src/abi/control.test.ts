import { expect, test } from 'vitest';
import { Control } from './control.ts';
import { CONTROL_WORDS } from './layout.ts';

test('each control word has a place of its own', () => {
  const places = Object.values(Control);
  expect(new Set(places).size).toBe(places.length);
  expect(Math.max(...places)).toBeLessThan(CONTROL_WORDS);
});
