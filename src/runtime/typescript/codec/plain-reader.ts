import { MAX_NESTING } from './plain.ts';

// Named here because this side compiles without the DOM, which is where TypeScript keeps it.
declare const TextDecoder: new (
  label: string,
  options: { readonly ignoreBOM: boolean },
) => {
  decode(bytes: Uint8Array): string;
};

/** Of bytes that a `PlainWriter` did not write. */
export const NOT_PLAIN: unique symbol = Symbol('not plain');

/** Thrown from whatever depth it is found at. */
const UNEXPECTED = new Error('bytes that no PlainWriter writes');

/** Up to here it takes less time to put characters together than to ask for the whole text at once. */
const SHORT_TEXT = 48;
/** Keys that were read before: dicts of one kind have the same ones. */
const KEYS = 256;
const LONGEST_KEY = 32;

/** Bytes beyond that are not kept until the next ones come. */
const MOST_KEPT = 1 << 17;
const NOTHING = new Uint8Array(0);

const { fromCharCode } = String;
/** Of this host's one thread. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Reads what a `PlainWriter` has written, which is what goes from process to process most often. It does what msgpackr would, for
 * all that it may meet here and nothing else: in much less time where the value is small.
 */
export class PlainReader {
  #bytes: Uint8Array = NOTHING;
  #view: DataView | null = null;
  #at = 0;
  #end = 0;
  #depth = 0;
  readonly #keys: string[] = Array.from({ length: KEYS }, () => '');

  /** The value that the bytes from `from` up to `to` are, or NOT_PLAIN. It looks at none of them any more. Precondition: they are private. */
  read(bytes: Uint8Array, from: number, to: number): unknown {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = null;
    }
    this.#at = from;
    this.#end = to;
    this.#depth = 0;
    try {
      const value = this.#value();
      return this.#at === to ? value : NOT_PLAIN;
    } catch (error) {
      if (error !== UNEXPECTED) throw error;
      return NOT_PLAIN;
    } finally {
      if (bytes.length > MOST_KEPT) this.#bytes = NOTHING;
    }
  }

  #value(): unknown {
    const head = this.#byte();
    if (head < 0x80) return head;
    if (head < 0x90) return this.#object(head & 0x0f);
    if (head < 0xa0) return this.#array(head & 0x0f);
    if (head < 0xc0) return this.#text(head & 0x1f);
    return head >= 0xe0 ? head - 0x100 : this.#long(head);
  }

  /** What has a byte of its own to say what it is. */
  #long(head: number): unknown {
    switch (head) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xd4:
        return this.#undefined();
      case 0xd9:
        return this.#text(this.#byte());
      case 0xda:
        return this.#text(this.#half());
      case 0xdb:
        return this.#text(this.#word() >>> 0);
      case 0xdc:
        return this.#array(this.#half());
      case 0xdd:
        return this.#array(this.#word() >>> 0);
      case 0xde:
        return this.#object(this.#half());
      case 0xdf:
        return this.#object(this.#word() >>> 0);
      default:
        return this.#number(head);
    }
  }

  #number(head: number): number | bigint {
    switch (head) {
      case 0xcb:
        return this.#viewOf(8).getFloat64(this.#at - 8);
      case 0xcc:
        return this.#byte();
      case 0xcd:
        return this.#half();
      case 0xce:
        return this.#word() >>> 0;
      case 0xd0:
        return (this.#byte() << 24) >> 24;
      case 0xd1:
        return (this.#half() << 16) >> 16;
      case 0xd2:
        return this.#word();
      case 0xd3:
        return this.#viewOf(8).getBigInt64(this.#at - 8);
      default:
        throw UNEXPECTED;
    }
  }

  /** An extension of type 0, as msgpackr has it. */
  #undefined(): undefined {
    if (this.#half() !== 0) throw UNEXPECTED;
  }

  #array(length: number): unknown[] {
    this.#enter();
    const array: unknown[] = [];
    for (let n = 0; n < length; n += 1) array.push(this.#value());
    this.#depth -= 1;
    return array;
  }

  #object(length: number): Record<string, unknown> {
    this.#enter();
    const object: Record<string, unknown> = {};
    for (let n = 0; n < length; n += 1) {
      const key = this.#key();
      object[key] = this.#value();
    }
    this.#depth -= 1;
    return object;
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > MAX_NESTING) throw UNEXPECTED;
  }

  #key(): string {
    const head = this.#byte();
    const length = head & 0x1f;
    if (head < 0xa0 || head >= 0xc0 || length === 0 || this.#at + length > this.#end) return this.#unusualKey(head);
    const first = this.#bytes[this.#at] as number;
    const last = this.#bytes[this.#at + length - 1] as number;
    const place = (first * 31 + last * 7 + length) % KEYS;
    const known = this.#keys[place] as string;
    if (this.#comes(known, length)) return known;
    const key = this.#unusualKey(head);
    if (length < LONGEST_KEY) this.#keys[place] = key;
    return key;
  }

  /** This text comes next, in so many bytes; then it is passed. */
  #comes(text: string, length: number): boolean {
    if (text.length !== length) return false;
    for (let i = 0; i < length; i += 1) if (text.charCodeAt(i) !== this.#bytes[this.#at + i]) return false;
    this.#at += length;
    return true;
  }

  #unusualKey(head: number): string {
    const key = head >= 0xa0 && head < 0xc0 ? this.#text(head & 0x1f) : this.#long(head);
    if (typeof key !== 'string' || key === '__proto__') throw UNEXPECTED;
    return key;
  }

  #text(length: number): string {
    const begin = this.#skip(length);
    const short = length <= SHORT_TEXT ? this.#ascii(begin, length) : null;
    return short ?? decoder.decode(this.#bytes.subarray(begin, begin + length));
  }

  /** Null: it is not ASCII. */
  #ascii(begin: number, length: number): string | null {
    const bytes = this.#bytes;
    let text = '';
    let at = begin;
    for (let left = length; left > 0;) {
      const count = left >= 8 ? 8 : left >= 4 ? 4 : 1;
      const part = count === 8 ? eightAt(bytes, at) : count === 4 ? fourAt(bytes, at) : oneAt(bytes, at);
      if (part === null) return null;
      text += part;
      at += count;
      left -= count;
    }
    return text;
  }

  #byte(): number {
    const at = this.#skip(1);
    return this.#bytes[at] as number;
  }

  #half(): number {
    const at = this.#skip(2);
    return (byteAt(this.#bytes, at) << 8) | byteAt(this.#bytes, at + 1);
  }

  #word(): number {
    return (this.#half() << 16) | this.#half();
  }

  /** Passes so many bytes; returns where they begin. */
  #skip(bytes: number): number {
    const at = this.#at;
    if (bytes > this.#end - at) throw UNEXPECTED;
    this.#at = at + bytes;
    return at;
  }

  /** For so many bytes, which are passed. */
  #viewOf(bytes: number): DataView {
    this.#skip(bytes);
    const { buffer, byteOffset, byteLength } = this.#bytes;
    this.#view ??= new DataView(buffer, byteOffset, byteLength);
    return this.#view;
  }
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] as number;
}

// Calls with a fixed number of arguments, because these cost least. Null: one of the characters is not ASCII.

function eightAt(bytes: Uint8Array, at: number): string | null {
  const a = byteAt(bytes, at);
  const b = byteAt(bytes, at + 1);
  const c = byteAt(bytes, at + 2);
  const d = byteAt(bytes, at + 3);
  const e = byteAt(bytes, at + 4);
  const f = byteAt(bytes, at + 5);
  const g = byteAt(bytes, at + 6);
  const h = byteAt(bytes, at + 7);
  return (a | b | c | d | e | f | g | h) > 0x7f ? null : fromCharCode(a, b, c, d, e, f, g, h);
}

function fourAt(bytes: Uint8Array, at: number): string | null {
  const a = byteAt(bytes, at);
  const b = byteAt(bytes, at + 1);
  const c = byteAt(bytes, at + 2);
  const d = byteAt(bytes, at + 3);
  return (a | b | c | d) > 0x7f ? null : fromCharCode(a, b, c, d);
}

function oneAt(bytes: Uint8Array, at: number): string | null {
  const a = byteAt(bytes, at);
  return a > 0x7f ? null : fromCharCode(a);
}
