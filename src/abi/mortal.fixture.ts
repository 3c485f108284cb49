import { vi } from 'vitest';
import type * as Words from './words.ts';

/** Thrown by the write that a dead host does not make any more, and by all that follow. */
class Died extends Error {}

let writesLeft = Infinity;

/** Called before every write of shared memory. */
function live(): void {
  if (writesLeft === 0) throw new Died();
  writesLeft -= 1;
}

/** `words.ts` with mortal writes, for `vi.mock`. */
export async function mortalWords(importOriginal: <T>() => Promise<T>): Promise<typeof Words> {
  const original = await importOriginal<typeof Words>();
  return {
    ...original,
    poke(words, index, value) {
      live();
      original.poke(words, index, value);
    },
  };
}

const ATOMIC_WRITES = ['store', 'add', 'sub', 'and', 'or', 'exchange', 'compareExchange', 'notify'] as const;

/**
 * Does something as a host whose worker is stopped after so many writes: nothing of what it does later reaches shared memory, also not
 * the leaving of a guard. Returns whether it died.
 */
export function doMortally(writes: number, action: () => void): boolean {
  const atomics = Atomics as unknown as Record<string, (...operands: unknown[]) => unknown>;
  const spies = ATOMIC_WRITES.map((name) => {
    const original = atomics[name] as (...operands: unknown[]) => unknown;
    return vi.spyOn(atomics, name).mockImplementation((...operands) => {
      live();
      return original.call(Atomics, ...operands);
    });
  });
  writesLeft = writes;
  try {
    action();
    return false;
  } catch (error) {
    if (error instanceof Died) return true;
    throw error;
  } finally {
    writesLeft = Infinity;
    for (const spy of spies) spy.mockRestore();
  }
}

/** For every number of writes after which the host can die, and at last for one that it survives. Returns how many there were. */
export function atEveryWrite(check: (writes: number) => boolean): number {
  let writes = 0;
  while (check(writes)) writes += 1;
  return writes;
}
