import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLength, isPackedCode, MAX_CODE_BYTES, packCode, unpackCode } from './code.ts';

describe('a program in a link', () => {
  it('comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2000 }), async (text) => {
        const source = text.toWellFormed();
        const packed = await packCode(source);
        expect(isPackedCode(packed)).toBe(true);
        expect(await unpackCode(packed)).toEqual({ source });
      }),
      { numRuns: 100 },
    );
  });

  it('may be as long as allowed, however badly it packs', async () => {
    let state = 1;
    const noise = Array.from({ length: MAX_CODE_BYTES }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return String.fromCharCode(32 + ((state >>> 16) % 95));
    }).join('');
    expect(byteLength(noise)).toBe(MAX_CODE_BYTES);
    expect(await unpackCode(await packCode(noise))).toEqual({ source: noise });
  });

  it('is refused when it unpacks to more than allowed', async () => {
    expect(await unpackCode(await packCode('x'.repeat(MAX_CODE_BYTES + 1)))).toEqual({ fault: 'too long' });
  });

  it('is refused when it is none, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 200 }), async (text) => {
        const result = await unpackCode(text);
        expect('source' in result || result.fault === 'damaged').toBe(true);
      }),
      { numRuns: 300 },
    );
    for (const text of ['', '=', '!', 'AAAA', '____', 'a'.repeat(100_000)]) {
      expect(await unpackCode(text)).toEqual({ fault: 'damaged' });
    }
  });
});
