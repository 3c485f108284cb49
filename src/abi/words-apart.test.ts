import { expect, test } from 'vitest';
import { Control } from './control.ts';
import { ObjectWord } from './objects.ts';
import { Slot } from './slot.ts';

// Several people add words at the same time, and what two of them chose alike merges without a conflict.
test.each([
  ['control', Control],
  ['slot', Slot],
  ['object', ObjectWord],
] as const)('every %s word is one word', (_, words) => {
  const taken = Object.entries(words).filter(([name]) => name !== 'WORDS');
  const names = new Map<number, string[]>();
  for (const [name, word] of taken) names.set(word, [...(names.get(word) ?? []), name]);
  expect([...names.values()].filter((same) => same.length > 1)).toEqual([]);
});
