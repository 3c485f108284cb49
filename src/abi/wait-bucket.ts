import { enterGuard } from './guard.ts';
import { BUCKETS_AT, BUCKET_WORDS, slotAt, WAIT_BUCKETS } from './layout.ts';
import { MAX_SLOTS } from './limits.ts';
import { hasEnded, Park, Slot } from './slot.ts';
import { peek, poke, type Words } from './words.ts';

/**
 * Lists of those who wait on words, in live mode; all words that fall into one bucket share one. Six words of the slots and of the
 * bucket:
 *
 *   bucket word GUARD  (guard.ts) guards HEAD, TAIL and the PARK_NEXT, PARK_WORD, PARK_OBJECT of all slots in the list
 *   HEAD, TAIL         first and last waiter, as slot + 1; 0 = none
 *
 * Zeroed between runs. A holder that dies has left TAIL behind, or has taken a waiter out and not chosen it: then `mend` puts it back, at
 * the end, and has it look again.
 */
const GUARD = 0;
const HEAD = 1;
const TAIL = 2;

/** Index of a bucket's first word. */
export type Bucket = number;

export function bucketOf(word: number): Bucket {
  // A row of the object table is 16 words, and most words waited for are the first of a row.
  return BUCKETS_AT + ((word >>> 4) % WAIT_BUCKETS) * BUCKET_WORDS;
}

export function guardOf(bucket: Bucket): number {
  return bucket + GUARD;
}

export function enterBucket(words: Words, bucket: Bucket): void {
  enterGuard(words, bucket + GUARD, () => mend(words, bucket));
}

// All below: precondition: the bucket is entered.

/** First waiter, as slot + 1; 0 = none. */
export function firstIn(words: Words, bucket: Bucket): number {
  return peek(words, bucket + HEAD);
}

export function nextOf(words: Words, entry: number): number {
  return peek(words, slotAt(entry - 1) + Slot.PARK_NEXT);
}

export function append(words: Words, bucket: Bucket, slot: number): void {
  const last = peek(words, bucket + TAIL);
  if (last === 0) poke(words, bucket + HEAD, slot + 1);
  else poke(words, slotAt(last - 1) + Slot.PARK_NEXT, slot + 1);
  poke(words, bucket + TAIL, slot + 1);
}

/** `before`: whose next one it is, as slot + 1; 0 = it is the first. */
export function unlink(words: Words, bucket: Bucket, before: number, entry: number): void {
  const next = nextOf(words, entry);
  if (before === 0) poke(words, bucket + HEAD, next);
  else poke(words, slotAt(before - 1) + Slot.PARK_NEXT, next);
  if (next === 0) poke(words, bucket + TAIL, before);
}

/** Takes a slot out of the list, if it is in it. */
export function remove(words: Words, bucket: Bucket, slot: number): void {
  let before = 0;
  for (let entry = firstIn(words, bucket); entry !== 0; entry = nextOf(words, entry)) {
    if (entry === slot + 1) {
      unlink(words, bucket, before, entry);
      return;
    }
    before = entry;
  }
}

function mend(words: Words, bucket: Bucket): void {
  const listed = new Set<number>();
  let last = 0;
  for (let entry = firstIn(words, bucket); entry !== 0; entry = nextOf(words, entry)) {
    listed.add(entry - 1);
    last = entry;
  }
  poke(words, bucket + TAIL, last);
  for (let slot = 0; slot < MAX_SLOTS; slot += 1) {
    if (listed.has(slot) || hasEnded(words, slot) || !sleepsIn(words, bucket, slot)) continue;
    poke(words, slotAt(slot) + Slot.PARK_NEXT, 0);
    append(words, bucket, slot);
    Atomics.compareExchange(words, slotAt(slot) + Slot.PARK, Park.PARKED, Park.NUDGED);
    Atomics.notify(words, slotAt(slot) + Slot.PARK);
  }
}

/** It says so before it is in the list, and until it is chosen. */
function sleepsIn(words: Words, bucket: Bucket, slot: number): boolean {
  const word = Atomics.load(words, slotAt(slot) + Slot.PARK_WORD);
  return word !== 0 && bucketOf(word) === bucket && Atomics.load(words, slotAt(slot) + Slot.PARK) !== Park.CHOSEN;
}
