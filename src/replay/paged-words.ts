/** Words of a page: 1 kB. */
export const PAGE_SHIFT = 8;
const PAGE_WORDS = 1 << PAGE_SHIFT;

/** A frozen content: one entry a page, shared between snapshots that it did not change between. */
export type Pages = readonly (Int32Array | undefined)[];

/**
 * A large array of words of which snapshots are cheap: a snapshot copies only the pages written since the last one and
 * shares the others with it. Whoever writes to `words` sets `dirty[index >> PAGE_SHIFT] = 1`.
 */
export class PagedWords {
  readonly words: Int32Array;
  readonly dirty: Uint8Array;
  /** What each page holds unless it is dirty; undefined = zeroes. */
  readonly #base: (Int32Array | undefined)[] = [];

  constructor(words: number) {
    const pages = (words + PAGE_WORDS - 1) >> PAGE_SHIFT;
    this.words = new Int32Array(pages << PAGE_SHIFT);
    this.dirty = new Uint8Array(pages);
  }

  /** The content of the first `pages` pages; beyond them everything must be zero. */
  snapshot(pages: number): Pages {
    for (let page = 0; page < pages; page += 1) {
      if (this.dirty[page] === 0) continue;
      this.#base[page] = this.words.slice(page << PAGE_SHIFT, (page + 1) << PAGE_SHIFT);
      this.dirty[page] = 0;
    }
    return this.#base.slice(0, pages);
  }

  /** Copies back only what differs. `pages`: how many may have been written since everything was zero. */
  restore(snapshot: Pages, pages: number): void {
    const end = Math.max(pages, snapshot.length);
    for (let page = 0; page < end; page += 1) {
      const wanted = snapshot[page];
      if (this.dirty[page] === 0 && this.#base[page] === wanted) continue;
      const from = page << PAGE_SHIFT;
      if (wanted === undefined) this.words.fill(0, from, from + PAGE_WORDS);
      else this.words.set(wanted, from);
      this.#base[page] = wanted;
      this.dirty[page] = 0;
    }
  }
}
