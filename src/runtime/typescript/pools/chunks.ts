import { MemoryError, ValueError } from '../errors.ts';
import { passOnFaultsAndExits } from '../uncatchable.ts';

/** What one task gets: the items of a chunk (of a single call: its arguments), or why they could not be had. */
export type Chunk = { readonly items: readonly unknown[] } | { readonly error: unknown };

/** A pool takes all items at once, so that `close` may follow; of an endless iterator it takes no more than this. */
const MOST_ITEMS = 1 << 17;

/** @throws TypeError unless one can iterate over it; what the iteration throws */
export function itemsOf(items: Iterable<unknown>): readonly unknown[] {
  return Array.isArray(items) ? items : [...bounded(items)];
}

function* bounded(items: Iterable<unknown>): Generator<unknown> {
  if (typeof (items as Partial<typeof items> | null)?.[Symbol.iterator] !== 'function') {
    throw new TypeError(`'${items === null ? 'NoneType' : typeof items}' object is not iterable`);
  }
  let count = 0;
  for (const item of items) {
    count += 1;
    if (count > MOST_ITEMS) throw new MemoryError(`a pool takes at most ${MOST_ITEMS} items of an iterator`);
    yield item;
  }
}

/** The items, `size` at a time. @throws ValueError */
export function inChunks(items: readonly unknown[], size: number): readonly Chunk[] {
  if (items.length === 0) return [];
  refuseChunksize(size);
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => ({
    items: items.slice(n * size, (n + 1) * size),
  }));
}

/**
 * For `imap`: an error of the iteration is the last chunk, in place of that in which it came, and reaches whoever comes so far.
 * @throws ValueError
 */
export function inChunksUntilError(iterable: Iterable<unknown>, size: number): readonly Chunk[] {
  refuseChunksize(size);
  const items: unknown[] = [];
  try {
    for (const item of bounded(iterable)) items.push(item);
  } catch (error) {
    passOnFaultsAndExits(error);
    const whole = items.slice(0, items.length - (items.length % size));
    return [...inChunks(whole, size), { error }];
  }
  return inChunks(items, size);
}

function refuseChunksize(size: number): void {
  if (!(Number.isInteger(size) && size >= 1)) throw new ValueError(`Chunksize must be 1+, not ${size}`);
}
