import { expect, test } from 'vitest';
import { addLine, clearConsole, takeLine } from './console.ts';
import { Control } from './control.ts';
import { createMemory } from './layout.ts';

test('lines are taken in the order in which they came, each once', () => {
  const memory = createMemory();
  expect(takeLine(memory)).toBeNull();
  for (const text of [4, 0, 12]) expect(addLine(memory, text)).toBe(true);
  expect([takeLine(memory), takeLine(memory)]).toEqual([4, 0]);
  addLine(memory, 20);
  expect([takeLine(memory), takeLine(memory), takeLine(memory)]).toEqual([12, 20, null]);
  addLine(memory, 24);
  expect(takeLine(memory)).toBe(24);
  expect(Atomics.load(memory.words, Control.CONSOLE_BELL)).toBe(5);
});

test('a new run finds no line of the last one', () => {
  const memory = createMemory();
  addLine(memory, 4);
  clearConsole(memory);
  expect(takeLine(memory)).toBeNull();
});
