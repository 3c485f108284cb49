import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAGE_SHIFT, PagedWords } from './paged-words.ts';

const PAGES = 6;
const WORDS = PAGES << PAGE_SHIFT;

function write(paged: PagedWords, index: number, value: number): void {
  paged.words[index] = value;
  paged.dirty[index >> PAGE_SHIFT] = 1;
}

describe('paged words', () => {
  it('come back to any snapshot, in any order, also in another copy', () => {
    const writes = fc.array(fc.tuple(fc.nat(WORDS - 1), fc.integer()), { maxLength: 10 });
    fc.assert(
      fc.property(fc.array(writes, { minLength: 1, maxLength: 8 }), fc.array(fc.nat(7)), (rounds, visits) => {
        const paged = new PagedWords(WORDS);
        const other = new PagedWords(WORDS);
        const kept = rounds.map((round) => {
          for (const [index, value] of round) write(paged, index, value);
          return { snapshot: paged.snapshot(PAGES), words: paged.words.slice() };
        });
        for (const visit of visits) {
          const { snapshot, words } = kept[visit % kept.length] ?? { snapshot: [], words: new Int32Array() };
          for (const copy of [paged, other]) {
            write(copy, visit * 100, -1);
            copy.restore(snapshot, PAGES);
            expect(copy.words).toEqual(words);
          }
        }
      }),
    );
  });

  it('share the pages that did not change', () => {
    const paged = new PagedWords(WORDS);
    write(paged, 0, 1);
    write(paged, WORDS - 1, 1);
    const before = paged.snapshot(PAGES);
    write(paged, 0, 2);
    const after = paged.snapshot(PAGES);
    expect(after[PAGES - 1]).toBe(before[PAGES - 1]);
    expect(after[0]).not.toBe(before[0]);
  });
});
