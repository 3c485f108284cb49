import { expect, test } from 'vitest';
import { Patience } from './patience.ts';

/** How often it looks until it is over, which it is at look `over`. */
function looksOf(patience: Patience, over = Infinity): number {
  let looks = 0;
  patience.until(() => {
    looks += 1;
    return looks === over;
  });
  return looks;
}

test('who finds nothing looks less and less, and once in a while as long as ever', () => {
  const patience = new Patience();
  expect(Array.from({ length: 10 }, () => looksOf(patience))).toEqual([200, 100, 50, 25, 12, 6, 3, 1, 1, 1]);
  const later = Array.from({ length: 60 }, () => looksOf(patience));
  expect(later.indexOf(200)).toBe(54);
  expect(later.filter((looks) => looks > 1)).toEqual([200, 100, 50, 25, 12, 6]);
});

test('who finds something stops at once, and looks longer from then on', () => {
  const patience = new Patience();
  for (let n = 0; n < 10; n += 1) looksOf(patience);
  expect(patience.until(() => true)).toBe(true);
  expect(looksOf(patience)).toBe(2);
  expect(patience.until(() => false)).toBe(false);
});
