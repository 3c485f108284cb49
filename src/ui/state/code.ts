/** The reader's own program in a link: UTF-8, deflated, base64url. */
export const MAX_CODE_BYTES = 65_536;

/** Deflate makes nothing much longer than it was, so a longer text cannot be one of ours. */
const MAX_PACKED_LENGTH = Math.ceil(((MAX_CODE_BYTES + 1024) * 4) / 3);

/** Why a program was not taken. */
export type CodeFault = 'damaged' | 'too long';

/** The form only; whether it holds a program shows when it is unpacked. */
export function isPackedCode(text: string): boolean {
  return text.length > 0 && text.length <= MAX_PACKED_LENGTH && /^[A-Za-z0-9_-]+$/.test(text);
}

/** Precondition: `source` has at most MAX_CODE_BYTES bytes, and is not empty. */
export async function packCode(source: string): Promise<string> {
  const stream = new Blob([source]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return toBase64Url(bytes);
}

/** Stops reading once it is too long, so a small text that would unpack to gigabytes costs nothing. */
export async function unpackCode(packed: string): Promise<{ source: string } | { fault: CodeFault }> {
  const bytes = isPackedCode(packed) ? fromBase64Url(packed) : null;
  if (bytes === null) return { fault: 'damaged' };
  try {
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let source = '';
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { source: source + decoder.decode() };
      length += value.length;
      if (length > MAX_CODE_BYTES) {
        await reader.cancel();
        return { fault: 'too long' };
      }
      source += decoder.decode(value, { stream: true });
    }
  } catch {
    // The browser's words ("invalid distance code") help nobody.
    return { fault: 'damaged' };
  }
}

export function byteLength(source: string): number {
  return new TextEncoder().encode(source).length;
}

export function toBase64Url(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += 8192) {
    pieces.push(String.fromCharCode(...bytes.subarray(from, from + 8192)));
  }
  return btoa(pieces.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Null: the text has other letters. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  // `atob` is content with blanks.
  if (!/^[\w-]*$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}
