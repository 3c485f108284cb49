/** Base64 (RFC 4648, with padding), because this side has neither `btoa` nor `Buffer`. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BYTES_PER_PIECE = 3 * 4096;

const VALUES = new Int8Array(128).fill(-1);
for (let i = 0; i < 64; i += 1) VALUES[ALPHABET.charCodeAt(i)] = i;

const letter = (sextet: number): string => ALPHABET.charAt(sextet & 63);

export function encodeBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += BYTES_PER_PIECE) {
    pieces.push(encodePiece(bytes.subarray(from, from + BYTES_PER_PIECE)));
  }
  return pieces.join('');
}

function encodePiece(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += letter(bits >> 18) + letter(bits >> 12);
    text += left > 1 ? letter(bits >> 6) : '=';
    text += left > 2 ? letter(bits) : '=';
  }
  return text;
}

/** @throws RangeError when the text is not base64. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 !== 0) throw new RangeError(`base64 text has ${text.length} letters, which is no multiple of 4`);
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const letters = text.length - padding;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < letters; i += 1) {
    const value = VALUES[text.charCodeAt(i)] ?? -1;
    if (value < 0) throw new RangeError(`base64 text has a letter at ${i} that is none of base64's`);
    bits = (bits << 6) | value;
    if (i % 4 === 0) continue;
    bytes[at] = (bits >> (6 - 2 * (i % 4))) & 0xff;
    at += 1;
  }
  return bytes;
}
