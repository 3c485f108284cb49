import {
  HEAP_BYTES,
  LOG_CAPACITY,
  MAILBOX_BYTES,
  MAX_DESCRIPTORS,
  MAX_OBJECTS,
  MAX_SLOTS,
  MAX_WATCHES,
  TEXT_STORE_BYTES,
} from './limits.ts';
import type { Words } from './words.ts';

/**
 * The one SharedArrayBuffer, in words of four bytes, region after region:
 *
 *   control | slots | objects | wait buckets | descriptors | watches | mailboxes | texts | heap | log
 *
 * Each region starts on a cache line. The buffer is made once per page and reset between runs.
 */
export const CONTROL_WORDS = 64;
export const SLOT_WORDS = 32;
export const OBJECT_WORDS = 16;
export const BUCKET_WORDS = 16;
export const WAIT_BUCKETS = 64;
export const DESCRIPTOR_WORDS = 4;
export const WATCH_WORDS = 4;
export const RECORD_WORDS = 8;

export const SLOTS_AT = CONTROL_WORDS;
export const OBJECTS_AT = SLOTS_AT + MAX_SLOTS * SLOT_WORDS;
export const BUCKETS_AT = OBJECTS_AT + MAX_OBJECTS * OBJECT_WORDS;
export const DESCRIPTORS_AT = BUCKETS_AT + WAIT_BUCKETS * BUCKET_WORDS;
export const WATCHES_AT = DESCRIPTORS_AT + MAX_DESCRIPTORS * DESCRIPTOR_WORDS;
export const MAILBOXES_AT = WATCHES_AT + MAX_WATCHES * WATCH_WORDS;
export const TEXTS_AT = MAILBOXES_AT + (MAX_SLOTS * MAILBOX_BYTES) / 4;
export const HEAP_AT = TEXTS_AT + TEXT_STORE_BYTES / 4;
export const LOG_AT = HEAP_AT + HEAP_BYTES / 4;
export const MEMORY_WORDS = LOG_AT + LOG_CAPACITY * RECORD_WORDS;

/** Shared memory of one machine, seen as words and as bytes. */
export interface Memory {
  readonly buffer: SharedArrayBuffer;
  readonly words: Words;
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  /** For words that begin at any byte. */
  readonly view: DataView<SharedArrayBuffer>;
}

export function createMemory(): Memory {
  return viewMemory(new SharedArrayBuffer(MEMORY_WORDS * 4));
}

export function viewMemory(buffer: SharedArrayBuffer): Memory {
  return { buffer, words: new Int32Array(buffer), bytes: new Uint8Array(buffer), view: new DataView(buffer) };
}

/** First word of a slot. */
export function slotAt(slot: number): number {
  return SLOTS_AT + slot * SLOT_WORDS;
}

/** First word of an object's row. */
export function objectAt(object: number): number {
  return OBJECTS_AT + object * OBJECT_WORDS;
}

/** First byte of a slot's mailbox. */
export function mailboxByteAt(slot: number): number {
  return MAILBOXES_AT * 4 + slot * MAILBOX_BYTES;
}
