import { RECORD_WORDS } from '../abi/layout.ts';
import { encodeText } from '../abi/text.ts';
import { peek } from '../abi/words.ts';
import type { LogStore } from './log-store.ts';
import { textWordOf } from './text-words.ts';

/**
 * A 64-bit hash in two independent 32-bit lanes, fed with 32-bit words; integer arithmetic only, so every machine and
 * browser computes the same.
 *
 *   high lane: MurmurHash3_x86_32 (Austin Appleby, public domain), seed 0x50524f43
 *   low lane:  xxHash32 (Yann Collet, BSD), its four-byte step and final avalanche, seed 0x4553534e
 */
class WordHash {
  #murmur = 0x50524f43;
  // PRIME32_5 + seed, as xxHash32 begins a short input.
  #xx = (0x165667b1 + 0x4553534e) | 0;
  #words = 0;

  add(word: number): void {
    let k = Math.imul(word, 0xcc9e2d51);
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    const murmur = this.#murmur ^ k;
    this.#murmur = (Math.imul((murmur << 13) | (murmur >>> 19), 5) + 0xe6546b64) | 0;
    const xx = (this.#xx + Math.imul(word, 0xc2b2ae3d)) | 0;
    this.#xx = Math.imul((xx << 17) | (xx >>> 15), 0x27d4eb2f);
    this.#words += 1;
  }

  /** Length first, so that no two byte strings feed the same words. */
  addBytes(bytes: Uint8Array): void {
    this.add(bytes.length);
    for (let i = 0; i < bytes.length; i += 4) {
      const low = (bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8);
      this.add(low | ((bytes[i + 2] ?? 0) << 16) | ((bytes[i + 3] ?? 0) << 24));
    }
  }

  get high(): number {
    let h = this.#murmur ^ (this.#words * 4);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) >>> 0;
  }

  get low(): number {
    let h = (this.#xx + this.#words * 4) | 0;
    h = Math.imul(h ^ (h >>> 15), 0x85ebca77);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae3d);
    return (h ^ (h >>> 16)) >>> 0;
  }
}

/**
 * Hash of the first `records` records: words 0 to 6 of each, and in place of a reference to a text both lanes of the
 * text's own hash, because where a text lies in the store says nothing about the run. 16 hex digits.
 */
export function hashLog(log: LogStore, records = log.count): string {
  const { words } = log;
  const hash = new WordHash();
  const texts = new Map<number, WordHash>();
  for (let n = 0; n < records; n += 1) {
    const at = n * RECORD_WORDS;
    const textWord = textWordOf(peek(words, at));
    for (let word = 0; word < RECORD_WORDS - 1; word += 1) {
      const value = peek(words, at + word);
      if (word !== textWord || word === 0) {
        hash.add(value);
        continue;
      }
      const text = hashOfText(log, value, texts);
      hash.add(text.high | 0);
      hash.add(text.low | 0);
    }
  }
  return hex(hash.high) + hex(hash.low);
}

function hashOfText(log: LogStore, ref: number, known: Map<number, WordHash>): WordHash {
  let hash = known.get(ref);
  if (hash === undefined) {
    hash = new WordHash();
    hash.addBytes(encodeText(log.text(ref)));
    known.set(ref, hash);
  }
  return hash;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
