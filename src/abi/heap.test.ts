import { beforeEach, expect, test } from 'vitest';
import { Control } from './control.ts';
import { allocate, clearHeap, free, heapByteAt, heapWordAt } from './heap.ts';
import { createMemory, HEAP_AT, LOG_AT } from './layout.ts';
import { HEAP_BYTES } from './limits.ts';

const memory = createMemory();

beforeEach(() => clearHeap(memory));

/** Every block of this size that there is. */
function allocateAll(bytes: number): number[] {
  const blocks: number[] = [];
  for (let block = allocate(memory, bytes); block !== 0; block = allocate(memory, bytes)) blocks.push(block);
  return blocks;
}

test('blocks start on cache lines, lie in the heap and do not overlap', () => {
  const sizes = [0, 1, 64, 65, 100, 4096, 65_536, 3];
  const blocks = sizes.map((bytes) => ({ at: allocate(memory, bytes), bytes }));
  let end = 1;
  for (const { at, bytes } of blocks) {
    expect(at % 64).toBe(0);
    expect(at).toBeGreaterThanOrEqual(end);
    end = at + Math.max(bytes, 1);
  }
  expect(heapWordAt(64) * 4).toBe(heapByteAt(64));
  expect(heapWordAt(0)).toBe(HEAP_AT);
  expect(heapByteAt(HEAP_BYTES)).toBe(LOG_AT * 4);
});

test('a freed block is the next of its size, the last freed one first', () => {
  const [first, second] = [allocate(memory, 1000), allocate(memory, 1024)];
  free(memory, first, 1000);
  free(memory, second, 1024);
  expect(allocate(memory, 600)).toBe(second);
  expect(allocate(memory, 1024)).toBe(first);
  expect(allocate(memory, 1024)).toBeGreaterThan(second);
});

test('a full heap says so, and has room again when something is freed', () => {
  const blocks = allocateAll(65_536);
  expect(blocks).toHaveLength(HEAP_BYTES / 65_536 - 1);
  free(memory, blocks[7] as number, 65_536);
  expect(allocate(memory, 65_536)).toBe(blocks[7]);
  expect(allocate(memory, HEAP_BYTES + 1)).toBe(0);
});

test('when only larger blocks are free one of them is split, and all of it can be used', () => {
  const blocks = allocateAll(65_536);
  allocateAll(64);
  const [large = 0] = blocks;
  free(memory, large, 65_536);
  const pieces = allocateAll(1 << 10);
  expect(pieces.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, n) => large + n * 1024));
});

test('what was never handed out cannot be freed', () => {
  const block = allocate(memory, 64);
  expect(() => free(memory, block + 64, 64)).toThrow('what is freed was allocated');
  expect(() => free(memory, 0, 64)).toThrow('what is freed was allocated');
  expect(() => allocate(memory, -1)).toThrow('a block has a size');
  expect(Atomics.load(memory.words, Control.HEAP_GUARD)).toBe(0);
});

test('the same calls after a clear give the same blocks', () => {
  const calls = (): number[] => {
    const first = allocate(memory, 300);
    const second = allocate(memory, 64);
    free(memory, first, 300);
    return [first, second, allocate(memory, 512), allocate(memory, 512)];
  };
  const before = calls();
  clearHeap(memory);
  expect(calls()).toEqual(before);
});
