import { peek, poke } from '../../../abi/words.ts';
import { BLOCK_BYTES, BLOCK_WORDS, Inode, type Disk } from './disk.ts';

/** The bytes of files. All here is called under the disk's guard. */

const DIRECT_BLOCKS = Inode.SINGLE - Inode.DIRECT;
/** A size is a word. */
export const MAX_FILE_BYTES = 2 ** 31 - 1;

/** Copies from the file into `target`. Number of bytes: fewer at its end. */
export function readContents(disk: Disk, inode: number, target: Uint8Array, position: number): number {
  const end = Math.min(disk.read(inode, Inode.SIZE), position + target.length);
  for (let at = position; at < end;) {
    const within = at % BLOCK_BYTES;
    const count = Math.min(BLOCK_BYTES - within, end - at);
    const block = blockOf(disk, inode, Math.floor(at / BLOCK_BYTES), false);
    const from = disk.blockByteAt(block) + within;
    if (block === 0) target.fill(0, at - position, at - position + count);
    else target.set(disk.bytes.subarray(from, from + count), at - position);
    at += count;
  }
  return Math.max(0, end - position);
}

/** Copies `source` into the file. Number of bytes: fewer when the disk is full. */
export function writeContents(disk: Disk, inode: number, source: Uint8Array, position: number): number {
  let done = 0;
  while (done < source.length && position + done < MAX_FILE_BYTES) {
    const at = position + done;
    const within = at % BLOCK_BYTES;
    const count = Math.min(BLOCK_BYTES - within, source.length - done, MAX_FILE_BYTES - at);
    const block = blockOf(disk, inode, Math.floor(at / BLOCK_BYTES), true);
    if (block === 0) break;
    disk.bytes.set(source.subarray(done, done + count), disk.blockByteAt(block) + within);
    done += count;
  }
  if (done > 0) {
    disk.write(inode, Inode.SIZE, Math.max(disk.read(inode, Inode.SIZE), position + done));
    disk.write(inode, Inode.VERSION, disk.read(inode, Inode.VERSION) + 1);
  }
  return done;
}

/** Gives a part of the file, as far as it goes, blocks where it had none. False: the disk is full. */
export function reserveContents(disk: Disk, inode: number, position: number, length: number): boolean {
  const end = Math.min(disk.read(inode, Inode.SIZE), position + length);
  for (let index = Math.floor(position / BLOCK_BYTES); index * BLOCK_BYTES < end; index += 1) {
    if (blockOf(disk, inode, index, true) === 0) return false;
  }
  return true;
}

/** Cuts the file, or lengthens it by zeros that take no room. Precondition: `size` is at most MAX_FILE_BYTES. */
export function resizeContents(disk: Disk, inode: number, size: number): void {
  const before = disk.read(inode, Inode.SIZE);
  disk.write(inode, Inode.SIZE, size);
  disk.write(inode, Inode.VERSION, disk.read(inode, Inode.VERSION) + 1);
  if (size >= before) return;
  const kept = Math.ceil(size / BLOCK_BYTES);
  if (size % BLOCK_BYTES !== 0) {
    const last = blockOf(disk, inode, kept - 1, false);
    const from = disk.blockByteAt(last);
    if (last !== 0) disk.bytes.fill(0, from + (size % BLOCK_BYTES), from + BLOCK_BYTES);
  }
  for (let index = 0; index < DIRECT_BLOCKS; index += 1)
    cut(disk, disk.wordAt(inode) + Inode.DIRECT + index, kept - index, 0);
  cut(disk, disk.wordAt(inode) + Inode.SINGLE, kept - DIRECT_BLOCKS, 1);
  cut(disk, disk.wordAt(inode) + Inode.DOUBLE, kept - DIRECT_BLOCKS - BLOCK_WORDS, 2);
}

/** Gives back what the block that this word names stands for, but the first `kept` blocks of contents. `depth`: of names below it. */
function cut(disk: Disk, word: number, kept: number, depth: number): void {
  const { words } = disk;
  const block = peek(words, word);
  if (block === 0) return;
  const span = BLOCK_WORDS ** depth;
  if (kept >= span) return;
  if (depth > 0) {
    const below = span / BLOCK_WORDS;
    const names = disk.blockWordAt(block);
    for (let index = 0; index < BLOCK_WORDS; index += 1) cut(disk, names + index, kept - index * below, depth - 1);
  }
  if (kept > 0) return;
  poke(words, word, 0);
  disk.giveBlock(block);
}

/** The so many-th block of a file. 0: there is none, or (`make`) no room for it. */
function blockOf(disk: Disk, inode: number, index: number, make: boolean): number {
  const first = disk.wordAt(inode);
  if (index < DIRECT_BLOCKS) return named(disk, first + Inode.DIRECT + index, make);
  const single = index - DIRECT_BLOCKS;
  if (single < BLOCK_WORDS) {
    const names = named(disk, first + Inode.SINGLE, make);
    return names && named(disk, disk.blockWordAt(names) + single, make);
  }
  const double = single - BLOCK_WORDS;
  const outer = named(disk, first + Inode.DOUBLE, make);
  const inner = outer && named(disk, disk.blockWordAt(outer) + Math.floor(double / BLOCK_WORDS), make);
  return inner && named(disk, disk.blockWordAt(inner) + (double % BLOCK_WORDS), make);
}

function named(disk: Disk, word: number, make: boolean): number {
  const block = peek(disk.words, word);
  if (block !== 0 || !make) return block;
  const fresh = disk.takeBlock();
  poke(disk.words, word, fresh);
  return fresh;
}
