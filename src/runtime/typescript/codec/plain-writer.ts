import { isPlainAtom, MAX_NESTING } from './plain.ts';

// Named here because this side compiles without the DOM, which is where TypeScript keeps it.
declare const TextEncoder: new () => {
  encodeInto(text: string, target: Uint8Array): { readonly read: number; readonly written: number };
};

/** Bytes of a buffer from `from` up to `to`. */
export interface Packed {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

const FIRST_BYTES = 1 << 14;
/** A buffer that has grown beyond this is not kept. */
const MOST_KEPT = 1 << 20;
/** Of a number, or before a text, a list or a dict. */
const HEAD_BYTES = 9;
/** Up to here it takes less time to look at each character than to ask for the whole text at once. */
const SHORT_TEXT = 96;

/** Of this host's one thread. */
const encoder = new TextEncoder();

/**
 * Writes plain values as msgpack, in the fewest bytes: numbers, texts, booleans, null, undefined, and lists and dicts of them that
 * are a tree. It finds out in the same pass whether a value is plain: whoever asks first and packs then looks at everything
 * twice, and there is no question that msgpackr could ask on its way.
 *
 * What was written stays in the writer's own buffer until the next value is.
 */
export class PlainWriter {
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #rest = this.#bytes;
  #at = 0;
  #root: unknown = null;
  /** All containers met so far; null while there is only the root. */
  #met: Set<unknown> | null = null;
  #depth = 0;
  #busy = false;

  /** It writes just now, and has come to a getter that wants to send something too. */
  get isBusy(): boolean {
    return this.#busy;
  }

  /** Leaves `room` bytes free in front. Null: the value is not plain. */
  write(value: unknown, room: number): Packed | null {
    if (this.#bytes.length > MOST_KEPT) this.#useBuffer(new Uint8Array(FIRST_BYTES));
    this.#at = room;
    this.#root = value;
    this.#met = null;
    this.#depth = 0;
    this.#busy = true;
    try {
      return this.#value(value) ? { bytes: this.#bytes, from: 0, to: this.#at } : null;
    } finally {
      this.#busy = false;
      this.#root = null;
      this.#met = null;
    }
  }

  #value(value: unknown): boolean {
    this.#reserve(HEAD_BYTES);
    if (typeof value === 'string') return this.#text(value);
    if (typeof value === 'number') return this.#number(value);
    if (typeof value === 'object' && value !== null) return this.#container(value);
    if (!isPlainAtom(value)) return false;
    if (typeof value === 'bigint') this.#bigint(value);
    else if (value === undefined) this.#undefined();
    else this.#byte(value === null ? 0xc0 : value === true ? 0xc3 : 0xc2);
    return true;
  }

  #container(value: object): boolean {
    if (value !== this.#root || this.#depth > 0) {
      this.#met ??= new Set([this.#root]);
      const known = this.#met.size;
      if (this.#met.add(value).size === known) return false;
    }
    if (this.#depth >= MAX_NESTING) return false;
    const prototype: unknown = Object.getPrototypeOf(value);
    this.#depth += 1;
    const plain =
      prototype === Array.prototype
        ? this.#array(value as readonly unknown[])
        : (prototype === Object.prototype || prototype === null) && this.#object(value as Record<string, unknown>);
    this.#depth -= 1;
    return plain;
  }

  #array(array: readonly unknown[]): boolean {
    const { length } = array;
    this.#size(length, 0x90, 0xdc);
    for (let i = 0; i < length; i += 1) {
      const item = array[i];
      if (item === undefined && !(i in array)) return false;
      if (!this.#value(item)) return false;
    }
    return true;
  }

  /** The key `__proto__` is one that msgpack's readers rename. */
  #object(object: Readonly<Record<string, unknown>>): boolean {
    const keys = Object.keys(object);
    this.#size(keys.length, 0x80, 0xde);
    for (const key of keys) {
      this.#reserve(HEAD_BYTES);
      if (key === '__proto__' || !this.#text(key) || !this.#value(object[key])) return false;
    }
    return true;
  }

  /** How many items follow: in the byte `few`, or after the byte `many`, or after the one that follows it. */
  #size(length: number, few: number, many: number): void {
    if (length < 16) {
      this.#byte(few | length);
    } else if (length < 0x1_0000) {
      this.#byte(many);
      this.#view.setUint16(this.#at, length);
      this.#at += 2;
    } else {
      this.#byte(many + 1);
      this.#view.setUint32(this.#at, length);
      this.#at += 4;
    }
  }

  #number(value: number): boolean {
    if ((value | 0) !== value) {
      this.#largeNumber(value);
    } else if (value >= 0) {
      // msgpack knows no -0.
      if (value === 0 && 1 / value < 0) return false;
      if (value < 0x80) this.#byte(value);
      else this.#natural(value);
    } else if (value >= -0x20) {
      this.#byte(value + 0x100);
    } else {
      this.#negative(value);
    }
    return true;
  }

  #natural(value: number): void {
    if (value < 0x100) {
      this.#byte(0xcc);
      this.#byte(value);
    } else if (value < 0x1_0000) {
      this.#byte(0xcd);
      this.#view.setUint16(this.#at, value);
      this.#at += 2;
    } else {
      this.#byte(0xce);
      this.#view.setUint32(this.#at, value);
      this.#at += 4;
    }
  }

  #negative(value: number): void {
    if (value >= -0x80) {
      this.#byte(0xd0);
      this.#byte(value + 0x100);
    } else if (value >= -0x8000) {
      this.#byte(0xd1);
      this.#view.setInt16(this.#at, value);
      this.#at += 2;
    } else {
      this.#byte(0xd2);
      this.#view.setInt32(this.#at, value);
      this.#at += 4;
    }
  }

  #largeNumber(value: number): void {
    if (value >>> 0 === value) {
      this.#natural(value);
      return;
    }
    this.#byte(0xcb);
    this.#view.setFloat64(this.#at, value);
    this.#at += 8;
  }

  /** Precondition: it has no more than 64 bits. */
  #bigint(value: bigint): void {
    this.#byte(0xd3);
    this.#view.setBigInt64(this.#at, value);
    this.#at += 8;
  }

  /** As msgpackr reads it: an extension of type 0. */
  #undefined(): void {
    this.#byte(0xd4);
    this.#byte(0);
    this.#byte(0);
  }

  /** False: a half of a surrogate pair, which UTF-8 does not know. Precondition: there is room for a head. */
  #text(text: string): boolean {
    return (text.length <= SHORT_TEXT && this.#ascii(text)) || (text.isWellFormed() && this.#utf8(text));
  }

  /** False: it is not ASCII, and nothing was written. */
  #ascii(text: string): boolean {
    const { length } = text;
    this.#reserve(HEAD_BYTES + length);
    const bytes = this.#bytes;
    let at = this.#at + textHead(length);
    for (let i = 0; i < length; i += 1) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) return false;
      bytes[at] = unit;
      at += 1;
    }
    this.#textHead(length);
    this.#at = at;
    return true;
  }

  /** The head is as long as the text lets expect; else the text is moved. */
  #utf8(text: string): boolean {
    const expected = textHead(text.length);
    const length = this.#encode(text, this.#at + expected);
    const begin = this.#at;
    const head = textHead(length);
    if (head !== expected) {
      this.#reserve(HEAD_BYTES + length);
      this.#bytes.copyWithin(begin + head, begin + expected, begin + expected + length);
    }
    this.#textHead(length);
    this.#at = begin + head + length;
    return true;
  }

  /** Returns how many bytes it took. Most texts take a byte for each character, so no more is reserved at first. */
  #encode(text: string, begin: number): number {
    this.#reserve(begin - this.#at + text.length);
    const { read, written } = encoder.encodeInto(text, this.#from(begin));
    if (read === text.length) return written;
    const rest = text.slice(read);
    // Three bytes at most for each code unit.
    this.#reserve(begin - this.#at + written + 3 * rest.length);
    return written + encoder.encodeInto(rest, this.#bytes.subarray(begin + written)).written;
  }

  /** The buffer from here on. Messages of one kind have their text in the same place, so the view of it is kept. */
  #from(begin: number): Uint8Array {
    if (this.#rest.byteOffset !== begin || this.#rest.buffer !== this.#bytes.buffer) {
      this.#rest = this.#bytes.subarray(begin);
    }
    return this.#rest;
  }

  #textHead(length: number): void {
    if (length < 0x20) {
      this.#byte(0xa0 | length);
    } else if (length < 0x100) {
      this.#byte(0xd9);
      this.#byte(length);
    } else if (length < 0x1_0000) {
      this.#byte(0xda);
      this.#view.setUint16(this.#at, length);
    } else {
      this.#byte(0xdb);
      this.#view.setUint32(this.#at, length);
    }
  }

  #byte(byte: number): void {
    this.#bytes[this.#at] = byte;
    this.#at += 1;
  }

  #reserve(bytes: number): void {
    const needed = this.#at + bytes;
    if (needed <= this.#bytes.length) return;
    const longer = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    longer.set(this.#bytes);
    this.#useBuffer(longer);
  }

  #useBuffer(bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

/** Bytes of what stands before a text that takes so many. */
function textHead(length: number): number {
  if (length < 0x20) return 1;
  if (length < 0x100) return 2;
  return length < 0x1_0000 ? 3 : 5;
}
