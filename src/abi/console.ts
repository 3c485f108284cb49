import { Control } from './control.ts';
import { enterGuard, leaveGuard } from './guard.ts';
import { allocate, free, heapWordAt } from './heap.ts';
import type { Memory } from './layout.ts';
import { peek, poke } from './words.ts';

/**
 * What somebody types to the program: lines that no process has read yet, oldest first. There is one console for all processes, as
 * for all that were started in one terminal.
 *
 *   Control.CONSOLE_FIRST, CONSOLE_LAST   blocks of the heap; 0 = none
 *   words of a block                      the next block; where the line's text lies, its line end included (NO_TEXT: the end of
 *                                         the file, which a terminal says once and then goes on)
 *   Control.CONSOLE_BELL                  1 more for each line: who has found none waits until it changes
 *
 * All but the bell are read and written under Control.CONSOLE_GUARD. Safe to abandon: a line is in the list with the store that
 * makes it the last one's next, and out of it with the store to CONSOLE_FIRST.
 */
const BLOCK_BYTES = 8;
const NEXT = 0;
const TEXT = 1;

/** Adds a line, and rings. False: the heap is full, and the line is lost. The caller wakes who waits on the bell. */
export function addLine(memory: Memory, text: number): boolean {
  const { words } = memory;
  const block = allocate(memory, BLOCK_BYTES);
  if (block === 0) return false;
  poke(words, heapWordAt(block) + NEXT, 0);
  poke(words, heapWordAt(block) + TEXT, text);
  enterGuard(words, Control.CONSOLE_GUARD);
  try {
    const last = peek(words, Control.CONSOLE_LAST);
    // The list may be empty, though there was a last one.
    if (peek(words, Control.CONSOLE_FIRST) === 0) poke(words, Control.CONSOLE_FIRST, block);
    else poke(words, heapWordAt(last) + NEXT, block);
    poke(words, Control.CONSOLE_LAST, block);
  } finally {
    leaveGuard(words, Control.CONSOLE_GUARD);
  }
  Atomics.add(words, Control.CONSOLE_BELL, 1);
  return true;
}

/** Takes the oldest line: where its text lies. Null = there is none. */
export function takeLine(memory: Memory): number | null {
  const { words } = memory;
  enterGuard(words, Control.CONSOLE_GUARD);
  try {
    const block = peek(words, Control.CONSOLE_FIRST);
    if (block === 0) return null;
    const text = peek(words, heapWordAt(block) + TEXT);
    poke(words, Control.CONSOLE_FIRST, peek(words, heapWordAt(block) + NEXT));
    free(memory, block, BLOCK_BYTES);
    return text;
  } finally {
    leaveGuard(words, Control.CONSOLE_GUARD);
  }
}

/** Only between runs: the heap is cleared with it. */
export function clearConsole({ words }: Memory): void {
  for (const word of [Control.CONSOLE_FIRST, Control.CONSOLE_LAST, Control.CONSOLE_BELL, Control.CONSOLE_GUARD]) {
    Atomics.store(words, word, 0);
  }
}
