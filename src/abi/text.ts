import { asTextRef, NO_TEXT, type TextRef } from '../base/ids.ts';
import { Control } from './control.ts';
import { mailboxByteAt, TEXTS_AT, type Memory } from './layout.ts';
import { MAILBOX_BYTES, TEXT_STORE_BYTES } from './limits.ts';

// Named here because the lower sides compile without the DOM, which is where TypeScript keeps them.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A text in the store: its length in bytes as a little-endian word, then UTF-8, padded to a whole word. */
const LENGTH_BYTES = 4;

/** Text 1 word in: offset 0 is reserved, so that 0 can mean the empty text. */
export const FIRST_TEXT = 4;

/** What is written in place of a text when the store is full. */
export const TEXT_STORE_FULL = asTextRef(-1);

/** What is written in place of the first text that found no room: it says so. */
const STORE_FILLED = asTextRef(-2);
const FILLED_NOTICE = `… (the texts of this run have filled their ${TEXT_STORE_BYTES >> 20} MB: those after this are not kept)\n`;

/**
 * Appends a text and returns where it lies; the first that finds no room closes the store, and is replaced by a notice,
 * all later ones by TEXT_STORE_FULL. Any agent may call it: the room is reserved by compare-and-exchange, so that TEXT_HEAD
 * never passes the end, and the text becomes visible to others through the record that carries the reference.
 */
export function appendText(memory: Memory, text: string): TextRef {
  if (text === '') return NO_TEXT;
  const bytes = encoder.encode(text);
  const room = LENGTH_BYTES + ((bytes.length + 3) & ~3);
  let at = Atomics.load(memory.words, Control.TEXT_HEAD);
  for (;;) {
    if (at >= TEXT_STORE_BYTES) return TEXT_STORE_FULL;
    const next = Math.min(at + room, TEXT_STORE_BYTES);
    const before = Atomics.compareExchange(memory.words, Control.TEXT_HEAD, at, next);
    if (before === at) break;
    at = before;
  }
  if (at + room > TEXT_STORE_BYTES) return STORE_FILLED;
  // The padding is part of a saved run, and must not be what a run before has left there.
  memory.words[TEXTS_AT + (at + room) / 4 - 1] = 0;
  memory.words[TEXTS_AT + at / 4] = bytes.length;
  memory.bytes.set(bytes, TEXTS_AT * 4 + at + LENGTH_BYTES);
  return asTextRef(at);
}

/**
 * Reads a text from a store whose first byte is `store[from]`. Copies before decoding: TextDecoder refuses shared memory.
 */
export function readText(store: Uint8Array, from: number, ref: TextRef): string {
  if (ref === NO_TEXT) return '';
  if (ref === TEXT_STORE_FULL) return '…';
  if (ref === STORE_FILLED) return FILLED_NOTICE;
  const at = from + ref;
  const view = new DataView(store.buffer, store.byteOffset + at, LENGTH_BYTES);
  const length = view.getInt32(0, true);
  return decoder.decode(store.slice(at + LENGTH_BYTES, at + LENGTH_BYTES + length));
}

/** A text of the run, by the reference that a row or record has. */
export function textIn(memory: Memory, ref: number): string {
  return readText(memory.bytes, TEXTS_AT * 4, asTextRef(ref));
}

export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Precondition: the bytes are private, not shared. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** @throws RangeError when the bytes do not fit; nothing is written then. */
export function writeMail(memory: Memory, slot: number, bytes: Uint8Array): number {
  if (bytes.length > MAILBOX_BYTES) {
    throw new RangeError(`${bytes.length} bytes do not fit into one message: the limit is ${MAILBOX_BYTES} bytes`);
  }
  memory.bytes.set(bytes, mailboxByteAt(slot));
  return bytes.length;
}

/** A private copy of the first `length` bytes of a slot's mailbox. */
export function readMail(memory: Memory, slot: number, length: number): Uint8Array {
  const at = mailboxByteAt(slot);
  return new Uint8Array(memory.bytes.slice(at, at + length));
}

/** Copies a mailbox to another slot's: how a new process gets its arguments without the kernel reading them. */
export function forwardMail(memory: Memory, from: number, to: number, length: number): void {
  memory.bytes.copyWithin(mailboxByteAt(to), mailboxByteAt(from), mailboxByteAt(from) + length);
}
