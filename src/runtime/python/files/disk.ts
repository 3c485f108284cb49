import { invariant } from '../../../base/invariant.ts';
import { Control } from '../../../abi/control.ts';
import { guarded } from '../../../abi/guard.ts';
import type { Memory } from '../../../abi/layout.ts';
import { peek, poke, type Words } from '../../../abi/words.ts';

/**
 * The one disk that all processes of a run see: a buffer of its own in shared memory, because only Python needs it, in words of four
 * bytes:
 *
 *   header | open files | their holders | inodes | blocks
 *
 * As on a disk of Unix, a file is an inode and the blocks that it names. Which files are open is said here too (`open-table.ts`), so that
 * it outlives a process. Whatever changes here does so under Control.DISK_GUARD, and
 * is whole after each store: a worker that is stopped for good in the middle loses at most a block or an inode until the next
 * run, which formats the disk. In stepped mode nobody ever finds the guard held.
 */
const Header = {
  /** Control.RUN of the run that has formatted it. */
  RUN: 0,
  /** Inodes that were ever used; 0 is none. */
  INODE_HEAD: 1,
  /** First of the free ones; the next is named by its `Inode.NEXT`. */
  FREE_INODE: 2,
  /** Blocks that were ever used; 0 is none. */
  BLOCK_HEAD: 3,
  /** First of the free ones; the next is named by its first word. */
  FREE_BLOCK: 4,
  /** Open files that there ever were; 0 is none. */
  OPEN_HEAD: 5,
  /** Holders that there ever were; 0 is none. */
  HOLDER_HEAD: 6,
  /** Blocks that were given back. */
  FREE_BLOCKS: 7,
} as const;
const HEADER_WORDS = 16;

/** Words of an open file. */
export const Open = {
  /** 0: the row is free. */
  INODE: 0,
  /** How many hold it; 0 only while it is made or freed. */
  HOLDERS: 1,
  FLAGS: 2,
  /** As two halves of a double. */
  POSITION: 4,
} as const;
const OPEN_WORDS = 8;
const MAX_OPENS = 8192;

/** Words of a holder: a number, a mapping or a message that keeps an open file open. */
export const Holder = {
  /** Whose it is: `open-table.ts`; 0 = the row is free. */
  OWNER: 0,
  OPEN: 1,
} as const;
const HOLDER_WORDS = 2;
const MAX_HOLDERS = 16_384;

const OPENS_AT = HEADER_WORDS;
const HOLDERS_AT = OPENS_AT + MAX_OPENS * OPEN_WORDS;
const INODES_AT = HOLDERS_AT + MAX_HOLDERS * HOLDER_WORDS;

/** Words of an inode. */
export const Inode = {
  /** As `st_mode`; 0 = the inode is free. */
  MODE: 0,
  /** 1: it has a name in a directory, or is the root of a mount. */
  LINKED: 1,
  /** Open files of it, in all processes. */
  OPENS: 2,
  SIZE: 3,
  /** Counts the changes of its bytes. */
  VERSION: 4,
  /** The next in the same directory, in the order in which they came. */
  NEXT: 5,
  /** Of a directory: what is in it. */
  FIRST: 6,
  /** Of a directory: where to look for the end of the list; it may be before it. */
  LAST: 7,
  NAME_BYTES: 8,
  /** Milliseconds, each as two halves of a double. */
  ATIME: 10,
  MTIME: 12,
  CTIME: 14,
  /** The blocks: ten, then one that names blocks, then one that names blocks that name blocks. 0 = nothing but zeros. */
  DIRECT: 16,
  SINGLE: 26,
  DOUBLE: 27,
  /** UTF-8. */
  NAME: 32,
} as const;
const INODE_WORDS = 96;
export const NAME_BYTES = (INODE_WORDS - Inode.NAME) * 4 - 1;
export const MAX_INODES = 8192;

export const BLOCK_BYTES = 4096;
export const BLOCK_WORDS = BLOCK_BYTES / 4;
/** A whole number of blocks, so that block n lies at n × BLOCK_BYTES from here. */
const BLOCKS_AT = Math.ceil((INODES_AT + MAX_INODES * INODE_WORDS) / BLOCK_WORDS) * BLOCK_WORDS;

export class Disk {
  readonly words: Words;
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  readonly #machine: Words;
  /** Blocks that fit. */
  readonly #capacity: number;
  /** Frees what dead processes have open, when there is no room. */
  reclaim: () => void = () => {};

  constructor(buffer: SharedArrayBuffer, machine: Memory) {
    this.words = new Int32Array(buffer);
    this.bytes = new Uint8Array(buffer);
    this.#machine = machine.words;
    this.#capacity = Math.floor((this.words.length - BLOCKS_AT) / BLOCK_WORDS);
    invariant(this.#capacity > 0, 'a disk has room for its inodes', `${buffer.byteLength} bytes`);
  }

  /** Formats it, unless a process of this run has done so. The first `lay`s what shall be on it. */
  open(lay: () => void): void {
    const run = Atomics.load(this.#machine, Control.RUN);
    this.guarded(() => {
      if (Atomics.load(this.words, Header.RUN) === run) return;
      this.words.fill(0, 0, this.wordAt(peek(this.words, Header.INODE_HEAD) + 1));
      lay();
      Atomics.store(this.words, Header.RUN, run);
    });
  }

  /** Does this while no other process changes the disk. Not to be nested. */
  guarded<T>(action: () => T): T {
    return guarded(this.#machine, Control.DISK_GUARD, action);
  }

  read(inode: number, word: number): number {
    return peek(this.words, this.wordAt(inode) + word);
  }

  write(inode: number, word: number, value: number): void {
    poke(this.words, this.wordAt(inode) + word, value);
  }

  /** First word of an inode. */
  wordAt(inode: number): number {
    return INODES_AT + inode * INODE_WORDS;
  }

  /** First word of an open file. */
  openAt(open: number): number {
    return OPENS_AT + open * OPEN_WORDS;
  }

  /** First word of a holder. */
  holderAt(holder: number): number {
    return HOLDERS_AT + holder * HOLDER_WORDS;
  }

  /** Holders that there ever were: 1 to this. */
  get holders(): number {
    return peek(this.words, Header.HOLDER_HEAD);
  }

  /** Not 0: an open file, all zero. */
  takeOpen(): number {
    const at = (open: number): number => this.openAt(open) + Open.INODE;
    return this.#orReclaim(() => this.#takeRow(Header.OPEN_HEAD, MAX_OPENS, at, OPEN_WORDS));
  }

  /** Not 0: a holder, all zero. */
  takeHolder(): number {
    const at = (holder: number): number => this.holderAt(holder) + Holder.OWNER;
    return this.#orReclaim(() => this.#takeRow(Header.HOLDER_HEAD, MAX_HOLDERS, at, HOLDER_WORDS));
  }

  #orReclaim(take: () => number): number {
    const taken = take();
    if (taken !== 0) return taken;
    this.reclaim();
    return take();
  }

  /** The first row of a table that is free: its first word is 0. */
  #takeRow(head: number, count: number, at: (row: number) => number, words: number): number {
    const used = peek(this.words, head);
    for (let row = 1; row <= used; row += 1) {
      if (peek(this.words, at(row)) !== 0) continue;
      this.words.fill(0, at(row), at(row) + words);
      return row;
    }
    if (used + 1 >= count) return 0;
    poke(this.words, head, used + 1);
    return used + 1;
  }

  /** Not 0: an inode, all zero. */
  takeInode(): number {
    return this.#orReclaim(() => this.#takeInode());
  }

  #takeInode(): number {
    let inode = peek(this.words, Header.FREE_INODE);
    if (inode !== 0) {
      poke(this.words, Header.FREE_INODE, this.read(inode, Inode.NEXT));
    } else {
      inode = peek(this.words, Header.INODE_HEAD) + 1;
      if (inode >= MAX_INODES) return 0;
      poke(this.words, Header.INODE_HEAD, inode);
    }
    this.words.fill(0, this.wordAt(inode), this.wordAt(inode) + INODE_WORDS);
    return inode;
  }

  /** Precondition: it has no blocks. */
  giveInode(inode: number): void {
    this.write(inode, Inode.MODE, 0);
    this.write(inode, Inode.NEXT, peek(this.words, Header.FREE_INODE));
    poke(this.words, Header.FREE_INODE, inode);
  }

  /** Not 0: a block, all zero. */
  takeBlock(): number {
    const block = this.#orReclaim(() => this.#takeBlock());
    if (block !== 0) this.words.fill(0, this.blockWordAt(block), this.blockWordAt(block) + BLOCK_WORDS);
    return block;
  }

  #takeBlock(): number {
    let block = peek(this.words, Header.FREE_BLOCK);
    if (block !== 0) {
      poke(this.words, Header.FREE_BLOCK, peek(this.words, this.blockWordAt(block)));
      poke(this.words, Header.FREE_BLOCKS, peek(this.words, Header.FREE_BLOCKS) - 1);
    } else {
      block = peek(this.words, Header.BLOCK_HEAD) + 1;
      if (block >= this.#capacity) return 0;
      poke(this.words, Header.BLOCK_HEAD, block);
    }
    return block;
  }

  giveBlock(block: number): void {
    poke(this.words, this.blockWordAt(block), peek(this.words, Header.FREE_BLOCK));
    poke(this.words, Header.FREE_BLOCK, block);
    poke(this.words, Header.FREE_BLOCKS, peek(this.words, Header.FREE_BLOCKS) + 1);
  }

  /** Blocks in all, and how many of them are free. */
  get room(): { readonly blocks: number; readonly free: number } {
    const blocks = this.#capacity - 1;
    return { blocks, free: blocks - peek(this.words, Header.BLOCK_HEAD) + peek(this.words, Header.FREE_BLOCKS) };
  }

  blockWordAt(block: number): number {
    return BLOCKS_AT + block * BLOCK_WORDS;
  }

  blockByteAt(block: number): number {
    return this.blockWordAt(block) * 4;
  }
}
